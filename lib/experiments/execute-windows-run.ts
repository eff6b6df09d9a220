import { AuditweaveError, isAuditweaveError } from '@/lib/audit/errors'
import { loadEngine } from '@/lib/engine/load.node.ts'
import type { Engine, Network, Weights } from '@/lib/engine/types'
import { parseCheckpoint, serialiseCheckpoint, type Checkpoint } from '@/lib/model/checkpoint'
import type { ConfidenceMap } from '@/lib/model/confidence-map'
import { evaluateNetwork, fitNetworkConfidence, type Evaluation } from '@/lib/model/evaluate'
import { serialiseModel } from '@/lib/model/model-file'
import { getPreset } from '@/lib/model/presets'
import { trainNetwork, type TrainingProgress, type TrainingResult } from '@/lib/model/train'
import { readEnvironment } from './environment.node.ts'
import type { ExecuteDeps, RunOutcome, TrainingLines } from './execute-types'
import { runManifest } from './manifest'
import { runMetrics, toClassResults } from './outcome'
import { prepareRun, type PreparedRun } from './prepare-run'
import { RunEngine } from './run-engine.node.ts'
import type { RunSpec, RunTimings } from './run-spec'
import { Stopwatch } from './stopwatch'

/**
 * Carries out one run of a network over windows of the 39 features: load, encode, train, score on the test lines, make the model folder's
 * files. It goes on from a checkpoint to the same weights as if it had never stopped, on another engine too where its own breaks down.
 * @throws AuditweaveError 'run-stopped' when the signal aborts in training; what it has reached went to `onCheckpoint`.
 */
export async function executeWindowsRun(spec: RunSpec, deps: ExecuteDeps, open: typeof loadEngine = loadEngine): Promise<RunOutcome> {
  const watch = new Stopwatch()
  deps.onProgress({ phase: 'load', done: 0, total: 1, unit: 'lines', epoch: null, epochs: null, secondsLeft: null })
  const lines = await deps.loadLines()
  watch.lap('load')
  const total = lines.table.lines
  deps.onProgress({ phase: 'preprocess', done: 0, total, unit: 'lines', epoch: null, epochs: null, secondsLeft: null })
  const prepared = prepareRun(spec, lines)
  watch.lap('preprocess')
  const computer = new RunEngine(await open(spec.engine ?? 'auto', { threads: deps.threads }), deps.threads)
  const trained = await train(computer, prepared, deps)
  watch.lap('train')
  const scored = await computer.use((engine) => score(engine, spec, prepared, trained.weights, deps))
  watch.lap('infer')
  return outcome({ spec, lines, prepared, trained, scored, computer, watch, deps })
}

function train(computer: RunEngine, prepared: PreparedRun, deps: ExecuteDeps): Promise<TrainingResult> {
  let kept = deps.resume ? parseCheckpoint(deps.resume) : null
  const keep = (checkpoint: Checkpoint): Promise<void> => {
    kept = checkpoint
    return Promise.resolve(deps.onCheckpoint(checkpoint.epoch, serialiseCheckpoint(checkpoint)))
  }
  return computer.use((engine) => trainOn(engine, prepared, { ...deps, resume: kept, onCheckpoint: keep }))
}

type TrainDeps = Omit<ExecuteDeps, 'resume' | 'onCheckpoint'> & { readonly resume: Checkpoint | null; onCheckpoint(checkpoint: Checkpoint): Promise<void> }

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

interface Scored extends Evaluation { readonly millisPerLineByStride: number; readonly confidence: ConfidenceMap }

async function score(engine: Engine, spec: RunSpec, prepared: PreparedRun, weights: Weights, deps: ExecuteDeps): Promise<Scored> {
  const { dataset, network: networkSpec, settings, split } = prepared
  const network = await engine.create(networkSpec, { threads: deps.threads, batch: settings.batch, seed: settings.seed, inferenceOnly: true })
  try {
    network.bind(dataset.lines)
    network.setWeights(weights)
    const options = { batch: settings.batch, vote: spec.vote, decode: getPreset(spec.preset).inference.decode, signal: deps.signal }
    const confidence = await fitNetworkConfidence(network, dataset, split.validation, options)
    const evaluation = await evaluateNetwork(network, dataset, split.test, {
      ...options,
      confidence,
      onProgress: ({ windows, total }) => deps.onProgress({ phase: 'infer', done: windows, total, unit: 'windows', epoch: null, epochs: null, secondsLeft: null }),
    })
    return { ...evaluation, confidence, millisPerLineByStride: await timeInference(network, spec, prepared, options) }
  } finally {
    await network.dispose()
  }
}

/** Lines that are timed: enough to drown the start, few enough for stride 1 at any window. */
const TIMED_LINES = 1000

/** Milliseconds a line, every line in W/stride windows, decoding and vote included: the paper's Table 6. */
async function timeInference(network: Network, spec: RunSpec, prepared: PreparedRun, options: Pick<Parameters<typeof evaluateNetwork>[3], 'batch' | 'vote' | 'decode'>): Promise<number> {
  const { dataset } = prepared
  const last = dataset.lines.lines - spec.window
  const first = Math.max(0, last - TIMED_LINES + spec.window)
  const starts: number[] = []
  for (let start = first; start <= last; start += spec.inferStride) starts.push(start)
  const { millisPerLine } = await evaluateNetwork(network, dataset, Int32Array.from(starts), options)
  return millisPerLine
}

interface Pieces {
  readonly spec: RunSpec
  readonly lines: TrainingLines
  readonly prepared: PreparedRun
  readonly trained: TrainingResult
  readonly scored: Scored
  readonly computer: RunEngine
  readonly watch: Stopwatch
  readonly deps: ExecuteDeps
}

function outcome({ spec, lines, prepared, trained, scored, computer, watch, deps }: Pieces): RunOutcome {
  const { engine, notes } = computer
  const metrics = runMetrics(prepared, trained, scored)
  const manifest = runManifest({ spec, lines, prepared, metrics, engine: engine.description, confidence: scored.confidence })
  const { json, weights } = serialiseModel({ manifest, weights: trained.weights })
  const timings: RunTimings = {
    loadSeconds: watch.seconds('load'),
    preprocessSeconds: watch.seconds('preprocess'),
    trainSeconds: trained.seconds,
    inferSeconds: scored.seconds,
    inferMillisPerLine: scored.millisPerLineByStride,
    totalSeconds: watch.total(),
    cpuSeconds: watch.cpu(),
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  }
  return {
    metrics,
    timings,
    perClass: toClassResults(scored),
    confusion: scored.confusion,
    environment: readEnvironment(engine.description, deps.threads, deps.version, notes),
    model: { manifest: json, weights },
  }
}
