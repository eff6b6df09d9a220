import type { AxisValue } from './points'

/** What an estimate reads of a run: which ones are alike, and what it took where it has ended. */
export interface TimedRun {
  readonly experiment: string
  readonly preset: string
  readonly window: AxisValue | null
  readonly state: 'queued' | 'running' | 'done' | 'failed' | 'stopped'
  /** Wall clock of a run that is done. */
  readonly seconds: number | null
  /** Wall clock so far of one at work. */
  readonly spent: number
}

/** Before the first run of an experiment has ended: seconds of one of its runs, from what the experiment expects. */
export type Expected = (experiment: string) => number

/**
 * Seconds until the last of these runs ends with so many at a time; null where nothing is known. A run is expected to take what finished ones of its
 * experiment, preset and window took in the mean, else what those of its experiment took, else what the experiment expects.
 */
export function secondsLeft(runs: readonly TimedRun[], atATime: number, expected: Expected): number | null {
  const open = runs.filter((run) => run.state === 'queued' || run.state === 'running')
  const means = meansOf(runs)
  const left = open.map((run) => {
    const whole = means.get(likeKey(run)) ?? means.get(run.experiment) ?? expected(run.experiment)
    // One that already took longer than it should is near its end, as far as anybody knows.
    return Math.max(whole - run.spent, whole * 0.05)
  })
  if (left.some((seconds) => !Number.isFinite(seconds))) return null
  const sum = left.reduce((total, seconds) => total + seconds, 0)
  return Math.max(sum / Math.max(1, Math.min(atATime, open.length)), ...left, 0)
}

function likeKey({ experiment, preset, window }: TimedRun): string {
  return `${experiment}\n${preset}\n${window ?? ''}`
}

function meansOf(runs: readonly TimedRun[]): Map<string, number> {
  const sums = new Map<string, { seconds: number; runs: number }>()
  for (const run of runs) {
    if (run.state !== 'done' || run.seconds === null) continue
    for (const key of [likeKey(run), run.experiment]) {
      const sum = sums.get(key) ?? { seconds: 0, runs: 0 }
      sums.set(key, { seconds: sum.seconds + run.seconds, runs: sum.runs + 1 })
    }
  }
  return new Map([...sums].map(([key, { seconds, runs: count }]) => [key, seconds / count]))
}

/** "2 h 05 min", "3 min", "20 s". */
export function describeSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}
