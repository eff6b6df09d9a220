import type { RunLine } from '@/components/runs/run-line'
import type { LiveImport, LiveMessages, LiveName, LiveState, RunCounts } from './live-types'

export const NO_RUNS: RunCounts = { queued: 0, running: 0, done: 0, failed: 0, stopped: 0 }
export const EMPTY_LIVE: LiveState = { connected: false, counts: NO_RUNS, active: [], imports: [] }

const isActive = (run: RunLine): boolean => run.state === 'running' || run.state === 'queued'

/** Folds one message into what is known; messages that change nothing give the same object. */
export function foldLive<N extends LiveName>(state: LiveState, name: N, message: LiveMessages[N]): LiveState {
  switch (name) {
    case 'snapshot': return { ...state, ...(message as LiveMessages['snapshot']), connected: true }
    case 'counts': return { ...state, counts: message as RunCounts }
    case 'run': return { ...state, active: foldRun(state.active, message as RunLine) }
    case 'run-gone': return { ...state, active: state.active.filter((run) => run.id !== (message as { id: string }).id) }
    case 'dataset': return { ...state, imports: foldImport(state.imports, message as LiveImport) }
    case 'dataset-gone': return { ...state, imports: state.imports.filter((entry) => entry.id !== (message as { id: string }).id) }
    default: return state
  }
}

function foldRun(active: readonly RunLine[], run: RunLine): readonly RunLine[] {
  const others = active.filter((other) => other.id !== run.id)
  return isActive(run) ? [...others, run].sort((a, b) => a.number - b.number) : others
}

function foldImport(imports: readonly LiveImport[], entry: LiveImport): readonly LiveImport[] {
  const others = imports.filter((other) => other.id !== entry.id)
  return entry.state === 'importing' ? [...others, entry] : others
}
