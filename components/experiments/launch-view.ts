import type { RunCounts } from '@/components/live/live-types'
import type { RunLine, RunState } from '@/components/runs/run-line'

/** One launch of an experiment as pages read it; the store's rows fit it. */
export interface LaunchView {
  readonly id: string
  readonly name: string
  readonly scale: string
  readonly datasetId: string
  readonly datasetName: string
  readonly state: RunState
  readonly createdAt: string
  readonly finishedAt: string | null
  readonly runs: RunCounts & { readonly total: number }
}

/**
 * Seconds until a launch ends, from what its finished runs took: those under way by their own account, the rest at the
 * mean of the finished, over as many as run at once. Null until one has finished.
 */
export function secondsLeft(runs: readonly Pick<RunLine, 'state' | 'totalSeconds' | 'progress' | 'window'>[]): number | null {
  const done = runs.flatMap((run) => (run.totalSeconds !== null && run.window !== null ? [{ window: run.window, seconds: run.totalSeconds }] : []))
  const waiting = runs.filter((run) => run.state === 'queued')
  const running = runs.filter((run) => run.state === 'running')
  if (waiting.length + running.length === 0) return 0
  if (done.length === 0) return null
  const perLine = done.reduce((sum, run) => sum + run.seconds, 0) / done.reduce((sum, run) => sum + run.window ** 0.5, 0)
  const expected = (run: { readonly window: number | null }): number => perLine * (run.window ?? 1) ** 0.5
  const work = waiting.reduce((sum, run) => sum + expected(run), 0) + running.reduce((sum, run) => sum + (run.progress?.secondsLeft ?? expected(run) / 2), 0)
  return work / Math.max(1, running.length)
}
