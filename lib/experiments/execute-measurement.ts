import { loadEngine } from '@/lib/engine/load.node.ts'
import { readEnvironment } from './environment.node.ts'
import type { ExecuteDeps, RunOutcome } from './execute-types'
import type { MeasureSpec } from './measure-spec'
import type { MeasurementDeps } from './measurements/measurement-deps'
import { runMeasurement } from './measurements/run-measurement'
import { runTimings } from './run-timings'
import { Stopwatch } from './stopwatch'

/**
 * Carries out a run that trains nothing: what it measures are its points. The data, the engine and a model are loaded where the measurement asks for them.
 * @throws AuditweaveError by code where they do not fit, the signal's reason when aborted
 */
export async function executeMeasurement({ measure, seed }: MeasureSpec, deps: ExecuteDeps): Promise<RunOutcome> {
  const watch = new Stopwatch()
  const means = new Means(measure.lines, deps)
  const points = await runMeasurement(measure, { seed, threads: deps.threads, signal: deps.signal, ...means.loaders(watch), onProgress: (done, total, unit) => deps.onProgress({ phase: 'measure', done, total, unit, epoch: null, epochs: null, secondsLeft: null }) })
  watch.lap('measure')
  const { description, notes } = means
  return {
    metrics: null, perClass: null, confusion: null, model: null, answers: null, points, endedEarly: null,
    timings: runTimings(watch, { inferMillisPerLine: 0 }),
    environment: readEnvironment(description, deps.threads, deps.version, notes),
  }
}

/** What a measurement uses, loaded once and timed as loading. */
class Means {
  /** Of the engine; a measurement may need none. */
  description = 'none'
  notes: readonly string[] = []
  readonly #lines: number | null
  readonly #deps: ExecuteDeps

  constructor(lines: number | null, deps: ExecuteDeps) {
    this.#lines = lines
    this.#deps = deps
  }

  loaders(watch: Stopwatch): Pick<MeasurementDeps, 'loadLog' | 'loadLines' | 'loadEngine' | 'loadModel'> {
    const timed = async <T>(work: () => Promise<T>): Promise<T> => {
      watch.lap('measure')
      const loaded = await work()
      watch.lap('load')
      return loaded
    }
    return {
      loadLog: () => timed(() => this.#deps.loadLog()),
      loadLines: () => timed(() => this.#deps.loadLines(this.#lines)),
      loadEngine: () => timed(() => this.#engine()),
      loadModel: (name) => timed(() => this.#deps.loadModel(name)),
    }
  }

  async #engine(): ReturnType<MeasurementDeps['loadEngine']> {
    const loaded = await loadEngine(this.#deps.engine ?? 'auto', { threads: this.#deps.threads })
    this.description = loaded.engine.description
    this.notes = loaded.notes
    return loaded
  }
}
