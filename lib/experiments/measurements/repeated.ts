import { breather } from '@/lib/model/breather'

/** Middle and spread of some times. */
export interface Spread {
  readonly median: number
  /** Sample standard deviation; 0 for one value. */
  readonly deviation: number
  readonly repetitions: number
}

/** Fewer than this many repetitions say nothing about a spread. */
const LEAST = 3

/** Processor time of this process since then, in milliseconds. */
export function cpuMillis(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? sorted[middle] ?? Number.NaN : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { median, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0, repetitions: values.length }
}

/** The same of something timed here. */
export interface Timed extends Spread {
  /** Processor time a repetition, in milliseconds, over all threads: it grows little where others keep the machine busy. */
  readonly cpu: number
}

export interface Repeating {
  readonly repetitions: number
  /** Fewer repetitions, but three, where they would take longer. */
  readonly seconds: number
  readonly signal: AbortSignal
}

/** Milliseconds that `run` takes, after one time that does not count. Lets messages through in between; throws the signal's reason when aborted. */
export async function timed(run: () => unknown, { repetitions, seconds, signal }: Repeating): Promise<Timed> {
  const times: number[] = []
  const pause = breather()
  const begun = performance.now()
  let cpu = 0
  run()
  while (times.length < repetitions) {
    if (times.length >= LEAST && performance.now() - begun > seconds * 1000) break
    await pause()
    signal.throwIfAborted()
    const busy = process.cpuUsage()
    const from = performance.now()
    run()
    times.push(performance.now() - from)
    cpu += cpuMillis(busy)
  }
  return { ...spreadOf(times), cpu: cpu / times.length }
}
