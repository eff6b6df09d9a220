import { AuditweaveError, isAuditweaveError } from '@/lib/audit/errors'
import { loadEngine } from '@/lib/engine/load.node.ts'
import type { Engine } from '@/lib/engine/types'
import type { LinkedEpoch } from '@/lib/model/linked/linked-train'
import { serialiseModel } from '@/lib/model/model-file'
import { readEnvironment } from './environment.node.ts'
import type { EpochRow, ExecuteDeps, RunOutcome, RunProgress } from './execute-types'
import { linkedClasses, linkedRunMetrics } from './linked-outcome'
import { trainLinkedModel, type LinkedTraining, type LinkedTrainingHooks, type LinkedTrainingSpec } from './linked-training'
import type { RunSpec, RunTimings } from './run-spec'
import { Stopwatch } from './stopwatch'

/**
 * Carries out one run of the linked network: read, link, train, calibrate, score on the test lines of every form of the log. It takes a
 * minute or two, so a run that was cut starts anew; the same spec on the same data gives the same weights all the same.
 * @throws AuditweaveError 'run-stopped' when the signal aborts.
 */
export async function executeLinkedRun(spec: RunSpec, deps: ExecuteDeps): Promise<RunOutcome> {
  const watch = new Stopwatch()
  const { engine, notes } = await loadEngine(spec.engine ?? 'auto', { threads: deps.threads })
  try {
    const log = await deps.loadLog()
    const training = await trainLinkedModel(log, linkedSpec(spec), engine, hooks(deps))
    return outcome(spec, training, { engine, notes, watch, deps })
  } catch (error) {
    if (!deps.signal.aborted) throw error
    const { reason } = deps.signal
    throw isAuditweaveError(reason) ? reason : new AuditweaveError('run-stopped', 'The run was stopped before its end; no model was made of it.')
  }
}

function linkedSpec({ protocol, seed, lines, window, batch, epochs, learningRate, split }: RunSpec): LinkedTrainingSpec {
  return { protocol, seed, lines, shape: { window }, settings: { batch, epochs, learningRate }, split }
}

function hooks(deps: ExecuteDeps): LinkedTrainingHooks {
  const tell = (progress: Partial<RunProgress> & Pick<RunProgress, 'phase' | 'unit'>): void => deps.onProgress({ done: 0, total: 1, epoch: null, epochs: null, secondsLeft: null, ...progress })
  return {
    threads: deps.threads, signal: deps.signal,
    onRead: (events) => tell({ phase: 'load', unit: 'lines', done: events, total: Math.max(events, 1) }),
    onPhase: (phase) => { if (phase !== 'training') tell({ phase: phase === 'linking' ? 'preprocess' : 'infer', unit: phase === 'linking' ? 'lines' : 'windows' }) },
    onProgress: ({ step, steps, epoch, epochs, seconds }) => tell({ phase: 'train', unit: 'steps', done: step, total: steps, epoch, epochs, secondsLeft: (seconds / step) * (steps - step) }),
    onEpoch: (epoch) => deps.onEpoch(epochRow(epoch)),
  }
}

/** The last weights are the ones kept, so that every epoch is the best so far. */
function epochRow({ epoch, steps, loss, accuracy, validationLoss, validationAccuracy, learningRate, seconds }: LinkedEpoch): EpochRow {
  return { epoch, steps, loss, accuracy, validationLoss, validationAccuracy, learningRate, seconds, best: true }
}

interface Pieces { readonly engine: Engine; readonly notes: readonly string[]; readonly watch: Stopwatch; readonly deps: ExecuteDeps }

function outcome(spec: RunSpec, { model, result, seconds }: LinkedTraining, { engine, notes, watch, deps }: Pieces): RunOutcome {
  const { json, weights } = serialiseModel(model)
  const timings: RunTimings = {
    loadSeconds: seconds.load, preprocessSeconds: result.seconds.prepare, trainSeconds: result.trained.seconds, inferSeconds: result.seconds.score,
    inferMillisPerLine: result.seconds.millisPerLine, totalSeconds: watch.total(), cpuSeconds: watch.cpu(), peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  }
  return {
    metrics: linkedRunMetrics(result, spec.protocol === 'paper' ? 1 : 0), timings, ...linkedClasses(result),
    environment: { ...readEnvironment(engine.description, deps.threads, deps.version), ...(notes.length > 0 ? { engineNotes: [...notes] } : {}) },
    model: { manifest: json, weights },
  }
}
