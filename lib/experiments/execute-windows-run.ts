import { AuditweaveError, isAuditweaveError } from '@/lib/audit/errors'
import { loadEngine } from '@/lib/engine/load.node.ts'
import type { Engine } from '@/lib/engine/types'
import { parseCheckpoint, serialiseCheckpoint, type Checkpoint } from '@/lib/model/checkpoint'
import { serialiseModel } from '@/lib/model/model-file'
import { trainNetwork, type TrainingProgress, type TrainingResult } from '@/lib/model/train'
import { EarlyEnd } from './early-end'
import { readEnvironment } from './environment.node.ts'
import type { ExecuteDeps, LoadedSplit, TrainingLines, TrainingOutcome } from './execute-types'
import { runManifest } from './manifest'
import { runMetrics, toClassResults } from './outcome'
import type { Point } from './points'
import { prepareRun, type PreparedRun } from './prepare-run'
import { RunEngine } from './run-engine.node.ts'
import type { RunSpec } from './run-spec'
import { runTimings } from './run-timings'
import { Stopwatch } from './stopwatch'
import { checkSplit, loadStoredSplit } from './stored-split'
import { testData } from './test-data'
import { windowsAnswers } from './windows-answers'
import { windowsPoints } from './windows-points'
import { scoreWindows, type WindowsScore } from './windows-score'

/**
 * Carries out one run of a network over windows of the 39 features: load, encode, train, score on the test lines, measure what else was asked for, make
 * the model folder's files. It goes on from a checkpoint to the same weights as if it had never stopped, on another engine too where its own breaks down.
 * @throws AuditweaveError 'run-stopped' when the signal aborts in training; what it has reached went to `onCheckpoint`.
 */
export async function executeWindowsRun(spec: RunSpec, deps: ExecuteDeps, open: typeof loadEngine = loadEngine): Promise<TrainingOutcome> {
  const watch = new Stopwatch()
  deps.onProgress({ phase: 'load', done: 0, total: 1, unit: 'lines', epoch: null, epochs: null, secondsLeft: null })
  const tested = await testData(spec, deps)
  const lines = await deps.loadLines(spec.lines)
  const other = spec.protocol === 'transfer' ? await tested.loadLines(null) : null
  const stored = await loadStoredSplit(spec, deps)
  if (stored) checkSplit(stored, lines)
  watch.lap('load')
  const total = lines.table.lines
  deps.onProgress({ phase: 'preprocess', done: 0, total, unit: 'lines', epoch: null, epochs: null, secondsLeft: null })
  const prepared = prepareRun(spec, lines, { other, stored })
  watch.lap('preprocess')
  const computer = new RunEngine(await open(spec.engine ?? deps.engine ?? 'auto', { threads: deps.threads }), deps.threads)
  const end = new EarlyEnd(deps)
  const trained = await train(computer, prepared, deps, end)
  watch.lap('train')
  const score = await computer.use((engine) => scoreWindows(engine, spec, prepared, trained.weights, deps))
  watch.lap('infer')
  const points = await computer.use((engine) => windowsPoints({ engine, spec, prepared, weights: trained.weights, confidence: score.confidence, tested, deps }))
  if (spec.measure) watch.lap('measure')
  return outcome({ spec, lines, stored, prepared, trained, score, points, computer, watch, end, deps })
}

function train(computer: RunEngine, prepared: PreparedRun, deps: ExecuteDeps, end: EarlyEnd): Promise<TrainingResult> {
  let kept = deps.resume ? parseCheckpoint(deps.resume) : null
  const keep = (checkpoint: Checkpoint): Promise<void> => {
    kept = checkpoint
    return Promise.resolve(deps.onCheckpoint(checkpoint.epoch, serialiseCheckpoint(checkpoint)))
  }
  return computer.use((engine) => trainOn(engine, prepared, { ...deps, resume: kept, onCheckpoint: keep, shouldEnd: end.ask }))
}

type TrainDeps = Omit<ExecuteDeps, 'resume' | 'onCheckpoint' | 'shouldEnd'> & { readonly resume: Checkpoint | null; onCheckpoint(checkpoint: Checkpoint): Promise<void>; shouldEnd: EarlyEnd['ask'] }

async function trainOn(engine: Engine, prepared: PreparedRun, deps: TrainDeps): Promise<TrainingResult> {
  const { dataset, split, network, settings } = prepared
  const result = await trainNetwork({
    engine,
    spec: network,
    lines: dataset.lines,
    split,
    settings,
    threads: deps.threads,
    resume: deps.resume,
    signal: deps.signal,
    onEpoch: (record) => deps.onEpoch(record),
    onProgress: (progress) => deps.onProgress(trainingProgress(progress)),
    onCheckpoint: (checkpoint) => deps.onCheckpoint(checkpoint),
    shouldEnd: deps.shouldEnd,
  })
  if (result.stopped === 'aborted') throw stopped(deps.signal)
  return result
}

/** Whoever aborts may say why, as inference does it; an abort without a word is told as one. */
function stopped({ reason }: AbortSignal): unknown {
  return isAuditweaveError(reason) ? reason : new AuditweaveError('run-stopped', 'The run was stopped before its end; no model was made of it.')
}

/** Time left assumes every epoch to come; early stopping may end it sooner. */
function trainingProgress({ epoch, epochs, step, steps, seconds }: TrainingProgress): Parameters<ExecuteDeps['onProgress']>[0] {
  const done = (epoch - 1) * steps + step
  const total = epochs * steps
  return { phase: 'train', done, total, unit: 'steps', epoch, epochs, secondsLeft: done > 0 ? (seconds / done) * (total - done) : null }
}

interface Pieces {
  readonly spec: RunSpec
  readonly lines: TrainingLines
  readonly stored: LoadedSplit | null
  readonly prepared: PreparedRun
  readonly trained: TrainingResult
  readonly score: WindowsScore
  readonly points: readonly Point[]
  readonly computer: RunEngine
  readonly watch: Stopwatch
  readonly end: EarlyEnd
  readonly deps: ExecuteDeps
}

function outcome({ spec, lines, stored, prepared, trained, score, points, computer, watch, end, deps }: Pieces): TrainingOutcome {
  const { engine, notes } = computer
  const metrics = runMetrics(prepared, trained, score)
  const manifest = runManifest({ spec, lines, stored, prepared, metrics, engine: engine.description, confidence: score.confidence })
  const { json, weights } = serialiseModel({ manifest, weights: trained.weights })
  const answers = windowsAnswers(prepared, score.predictions)
  watch.lap('save')
  return {
    metrics,
    timings: runTimings(watch, { trainSeconds: trained.seconds, inferSeconds: score.seconds, inferMillisPerLine: score.millisPerLineByStride }),
    perClass: toClassResults(score),
    confusion: score.confusion,
    environment: readEnvironment(engine.description, deps.threads, deps.version, notes),
    model: { manifest: json, weights },
    answers,
    points,
    endedEarly: end.reason,
  }
}
