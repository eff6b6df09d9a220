import { callApi } from '@/components/live/call-api'
import { showFailure, showToast } from '@/components/ui/toast'
import type { RunLine, RunState } from './run-line'

export type RunAction = 'stop' | 'resume' | 'retry' | 'clone' | 'delete' | 'pin' | 'unpin'

/** What may be done with a run in a state; "done" is final, so that it can only be cloned. */
export function allowedActions(run: { readonly state: RunState; readonly stopping: boolean }): readonly RunAction[] {
  if (run.state === 'queued') return ['stop', 'clone']
  if (run.state === 'running') return run.stopping ? ['clone'] : ['stop', 'clone']
  if (run.state === 'done') return ['clone', 'delete']
  return ['resume', 'retry', 'clone', 'delete']
}

export const ACTION_TEXT: Readonly<Record<RunAction, { label: string; hint: string; key: string }>> = {
  stop: { label: 'Stop', hint: 'Stop after the present step and keep a checkpoint', key: 's' },
  resume: { label: 'Resume', hint: 'Go on from the last checkpoint', key: 'r' },
  retry: { label: 'Retry', hint: 'Begin anew with the same settings', key: 'shift+r' },
  clone: { label: 'Clone', hint: 'Queue another run with the same settings', key: 'c' },
  delete: { label: 'Delete', hint: 'Delete the run, its epochs and its checkpoint', key: 'shift+d' },
  pin: { label: 'Pin as baseline', hint: 'Other runs are compared with it', key: 'b' },
  unpin: { label: 'Unpin', hint: 'No longer the baseline', key: 'b' },
}

export async function sendAction(id: string, action: RunAction): Promise<string> {
  const { id: next } = await callApi<{ id: string }>(`/api/runs/${encodeURIComponent(id)}/actions`, { method: 'POST', body: { action } })
  return next
}

const DONE: Readonly<Record<RunAction, string>> = { stop: 'stops', resume: 'waits for a worker again', retry: 'begins anew', clone: 'is cloned', delete: 'is deleted', pin: 'is the baseline', unpin: 'is no longer the baseline' }

/** Carries an action out on each run that allows it, and says what came of it. A stop can be taken back. */
export async function runAction(runs: readonly Pick<RunLine, 'id' | 'number' | 'state' | 'stopping'>[], action: RunAction): Promise<string | null> {
  const able = action === 'pin' || action === 'unpin' ? runs : runs.filter((run) => allowedActions(run).includes(action))
  if (able.length === 0) {
    showFailure(new Error(`None of the selected runs can be asked to ${ACTION_TEXT[action].label.toLowerCase()} in its present state.`))
    return null
  }
  try {
    let last: string | null = null
    for (const run of able) last = await sendAction(run.id, action)
    const what = able.length === 1 ? `Run ${able[0]?.number} ${DONE[action]}.` : `${able.length} runs: ${ACTION_TEXT[action].label.toLowerCase()} done.`
    const undo = action === 'stop' ? { label: 'Resume', run: () => void runAction(able.map((run) => ({ ...run, state: 'stopped' as const, stopping: false })), 'resume') } : undefined
    showToast(what, undo ? { action: undo } : {})
    return last
  } catch (error) {
    showFailure(error)
    return null
  }
}
