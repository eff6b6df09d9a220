import type { RunTimings } from './run-spec'
import type { Stopwatch } from './stopwatch'

/** What only the run itself knows of its times, where it knows better than the phases do. */
export interface OwnTimes { readonly preprocessSeconds?: number; readonly trainSeconds?: number; readonly inferSeconds?: number; readonly inferMillisPerLine: number }

/** A run's times so far, each phase by its name. */
export function runTimings(watch: Stopwatch, own: OwnTimes): RunTimings {
  return {
    loadSeconds: watch.seconds('load'),
    preprocessSeconds: watch.seconds('preprocess'),
    trainSeconds: watch.seconds('train'),
    inferSeconds: watch.seconds('infer'),
    ...own,
    totalSeconds: watch.total(),
    cpuSeconds: watch.cpu(),
    peakMemoryBytes: watch.peakMemory(),
    phases: [...watch.phases],
  }
}
