import { AuditweaveError, isAuditweaveError } from '@/lib/audit/errors'
import type { Engine, Network, Weights } from '@/lib/engine/types'
import { loadWasmEngine } from '@/lib/engine/wasm/engine.node.ts'
import { parseCheckpoint, serialiseCheckpoint } from '@/lib/model/checkpoint'
import type { ConfidenceMap } from '@/lib/model/confidence-map'
import { evaluateNetwork, fitNetworkConfidence, type Evaluation } from '@/lib/model/evaluate'
import { getPreset } from '@/lib/model/presets'
import { trainNetwork, type TrainingProgress, type TrainingResult } from '@/lib/model/train'
import { readEnvironment } from './environment.node.ts'
import type { ExecuteDeps, RunOutcome, TrainingLines } from './execute-types'
import { runManifest } from './manifest'
import { runMetrics, toClassResults } from './outcome'
import { prepareRun, type PreparedRun } from './prepare-run'
import type { RunSpec, RunTimings } from './run-spec'
import { serialiseModel } from '@/lib/model/model-file'

/**
 * Carries out one run: load, encode, train, score on the test lines, make the model folder's files. The same spec on the
 * same data gives the same weights, also when resumed from a checkpoint in between.
 * @throws AuditweaveError 'run-stopped' when the signal aborts in training; what it has reached went to `onCheckpoint`.
 */
export async function executeRun(spec: RunSpec, deps: ExecuteDeps): Promise<RunOutcome> {
  const watch = new Stopwatch()
  deps.onProgress({ phase: 'load', done: 0, total: 1, unit: 'lines', epoch: null, epochs: null, secondsLeft: null })
  const lines = await deps.loadLines()
  watch.lap('load')
  const total = lines.rows.length
  deps.onProgress({ phase: 'preprocess', done: 0, total, unit: 'lines', epoch: null, epochs: null, secondsLeft: null })
  const prepared = prepareRun(spec, lines)
  watch.lap('preprocess')
  const engine = await loadWasmEngine({ threads: deps.threads })
  const trained = await train(engine, prepared, deps)
  watch.lap('train')
  const scored = await score(engine, spec, prepared, trained.weights, deps)
  watch.lap('infer')
  return outcome({ spec, lines, prepared, trained, scored, engine, watch, deps })
}

async function train(engine: Engine, prepared: PreparedRun, deps: ExecuteDeps): Promise<TrainingResult> {
  const { dataset, split, network, settings } = prepared
  const result = await trainNetwork({
    engine,
    spec: network,
    lines: dataset.lines,
    split,
    settings,
    threads: deps.threads,
    resume: deps.resume ? parseCheckpoint(deps.resume) : null,
    signal: deps.signal,
    onEpoch: (record) => deps.onEpoch(record),
    onProgress: (progress) => deps.onProgress(trainingProgress(progress)),
    onCheckpoint: (checkpoint) => deps.onCheckpoint(checkpoint.epoch, serialiseCheckpoint(checkpoint)),
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
  readonly engine: Engine
  readonly watch: Stopwatch
  readonly deps: ExecuteDeps
}

function outcome({ spec, lines, prepared, trained, scored, engine, watch, deps }: Pieces): RunOutcome {
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
    environment: readEnvironment(engine.description, deps.threads, deps.version),
    model: { manifest: json, weights },
  }
}

/** Wall clock by phase and processor time of this process, worker threads included. */
class Stopwatch {
  readonly #began = performance.now()
  readonly #cpu = process.cpuUsage()
  readonly #laps = new Map<string, number>()
  #last = this.#began

  lap(name: string): void {
    const now = performance.now()
    this.#laps.set(name, (now - this.#last) / 1000)
    this.#last = now
  }

  seconds(name: string): number {
    return this.#laps.get(name) ?? 0
  }

  total(): number {
    return (performance.now() - this.#began) / 1000
  }

  cpu(): number {
    const { user, system } = process.cpuUsage(this.#cpu)
    return (user + system) / 1e6
  }
}
