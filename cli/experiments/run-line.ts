import { describeSeconds } from '@/lib/experiments/time-left'
import type { RunStandingRow } from '@/lib/store/run-standings'
import { getRuns, type Run } from '@/lib/store/runs'
import type { Followed } from './progress-of-runs'

const EARLY: Readonly<Record<string, string>> = { hopeless: ', given up as hopeless', 'budget-spent': ', cut short by the budget' }

/** One line for each run that ended, in the order given. */
export async function runLines(ended: readonly RunStandingRow[], followed: readonly Followed[]): Promise<string[]> {
  const runs = new Map((await getRuns(ended.filter(({ state }) => state === 'done').map(({ id }) => id))).map((run) => [run.id, run]))
  const names = new Map(followed.map(({ launch }) => [launch.id, launch.name]))
  const several = followed.length > 1
  return ended.map((standing) => `${several ? `${names.get(standing.experimentId)}: ` : ''}${standing.name}: ${howItEnded(standing, runs.get(standing.id))}`)
}

function howItEnded({ state, error, endedEarly, seconds }: RunStandingRow, run: Run | undefined): string {
  if (state !== 'done') return `${state}${error ? `, ${error.message}` : ''}`
  const took = `${describeSeconds(seconds ?? 0)}${EARLY[endedEarly ?? ''] ?? ''}`
  if (!run?.metrics) return `${run?.points.length ?? 0} points, ${took}`
  const { windowPartsF1, windowMacroF1, lineAccuracy, epochs } = run.metrics
  return `F1 of parts ${windowPartsF1.toFixed(4)}, macro F1 ${windowMacroF1.toFixed(4)}, accuracy ${lineAccuracy.toFixed(4)}, ${epochs} epochs, ${took}`
}
