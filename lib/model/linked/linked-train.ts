import { AuditweaveError } from '@/lib/audit/errors'
import type { Engine, LineMatrix, Network, NetworkSpec, Weights } from '@/lib/engine/types'
import { breather } from '../breather'
import { randomWord, STREAMS, threefry } from '../random'
import { copyWeights } from '../weights'
import { windowStartsIn } from '../windows'
import type { LinkedSettings } from './linked-settings'
import type { LinkedSplit } from './linked-split'

/** One form of the log as numbers. */
export interface TrainingPart {
  readonly name: string
  readonly weight: number
  readonly codes: Uint16Array
  /** [lines * heads] */
  readonly targets: Int32Array
  /** Targets of the validation lines alone, where these stand among those that are trained on. */
  readonly validationTargets?: Int32Array
  readonly split: LinkedSplit
}

export interface LinkedEpoch {
  readonly epoch: number
  readonly steps: number
  /** Chunks that were drawn. */
  readonly windows: number
  readonly loss: number
  readonly accuracy: number
  readonly validationLoss: number
  readonly validationAccuracy: number
  readonly learningRate: number
  readonly seconds: number
}

export interface LinkedTrainArguments {
  readonly engine: Engine
  readonly network: NetworkSpec
  readonly parts: readonly TrainingPart[]
  readonly settings: LinkedSettings
  readonly threads?: number
  readonly signal?: AbortSignal
  onEpoch?(epoch: LinkedEpoch): void | Promise<void>
  onProgress?(progress: { readonly step: number; readonly steps: number; readonly epoch: number; readonly epochs: number; readonly seconds: number; readonly loss: number }): void
  /** Asked at the end of an epoch that is not the last: true ends the training there. */
  shouldEnd?(epoch: LinkedEpoch): Promise<boolean>
}

export interface LinkedTrainResult { readonly weights: Weights; readonly epochs: readonly LinkedEpoch[]; readonly seconds: number }

/**
 * Trains on chunks of W lines that begin anywhere in the training lines of any form of the log. The same arguments give the same weights,
 * whatever the number of threads. The last weights are kept: the rate falls to nothing, so that none are better.
 * Throws the signal's reason when aborted, 'training-diverged' when the loss is no number.
 */
export async function trainLinked(args: LinkedTrainArguments): Promise<LinkedTrainResult> {
  const { engine, network: spec, settings, parts } = args
  const { lines, offsets } = joinParts(parts, spec)
  const network = await engine.create(spec, { threads: args.threads ?? 1, batch: settings.batch, seed: settings.seed, clipNorm: settings.clipNorm })
  try {
    network.bind(lines)
    const starts = Int32Array.from(parts.flatMap((part, i) => [...validationStarts(part, spec)].map((start) => start + (offsets[i] as number))))
    return await runEpochs(args, network, new ChunkSource(parts, offsets, settings.seed), { starts, lines, among: amongTrained(parts, lines) })
  } finally {
    await network.dispose()
  }
}

function joinParts(parts: readonly TrainingPart[], spec: NetworkSpec): { lines: LineMatrix; offsets: number[] } {
  const counts = parts.map((part) => part.codes.length / spec.features)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const features = new Uint16Array(total * spec.features)
  const labels = new Int32Array(total * spec.heads)
  const offsets: number[] = []
  let at = 0
  parts.forEach((part, i) => {
    offsets.push(at)
    features.set(part.codes, at * spec.features)
    labels.set(part.targets, at * spec.heads)
    at += counts[i] as number
  })
  return { lines: { lines: total, features, labels }, offsets }
}

/** Windows side by side over the validation lines; over all lines where those are scattered. */
function validationStarts({ split, codes, validationTargets }: TrainingPart, { window, features }: NetworkSpec): Int32Array {
  const ranges = validationTargets ? [{ from: 0, to: codes.length / features }] : split.validation
  return Int32Array.from(ranges.flatMap((range) => [...windowStartsIn(range, window, window)]))
}

/** The lines with the targets of the validation lines alone; null where validation has windows of its own. */
function amongTrained(parts: readonly TrainingPart[], { lines, features, labels }: LineMatrix): LineMatrix | null {
  if (!parts.some((part) => part.validationTargets)) return null
  const validated = new Int32Array(labels.length)
  let at = 0
  for (const { targets, validationTargets } of parts) {
    validated.set(validationTargets ?? targets, at)
    at += targets.length
  }
  return { lines, features, labels: validated }
}

interface Validation { readonly starts: Int32Array; readonly lines: LineMatrix; readonly among: LineMatrix | null }

/** Draws chunks: a form by its weight, then any place of it. Counter-based, so that step n is the same however it is reached. */
class ChunkSource {
  readonly #total: number

  constructor(readonly parts: readonly TrainingPart[], readonly offsets: readonly number[], readonly seed: number) {
    this.#total = parts.reduce((sum, part) => sum + part.weight, 0)
  }

  batch(step: number, size: number): Int32Array {
    return Int32Array.from({ length: size }, (_, place) => {
      const [first, second] = threefry(this.seed, STREAMS.chunks, step, place)
      const index = this.#partAt((first / 2 ** 32) * this.#total)
      const starts = (this.parts[index] as TrainingPart).split.train
      return (this.offsets[index] as number) + (starts[Math.floor((second / 2 ** 32) * starts.length)] as number)
    })
  }

  #partAt(weight: number): number {
    let left = weight
    const found = this.parts.findIndex((part) => (left -= part.weight) < 0)
    return found < 0 ? this.parts.length - 1 : found
  }
}

async function runEpochs(args: LinkedTrainArguments, network: Network, chunks: ChunkSource, validation: Validation): Promise<LinkedTrainResult> {
  const { settings } = args
  const total = settings.epochs * settings.steps
  const begun = performance.now()
  const seconds = (): number => (performance.now() - begun) / 1000
  const history: LinkedEpoch[] = []
  const pause = breather()
  for (let epoch = 1; epoch <= settings.epochs; epoch++) {
    const from = seconds()
    let [loss, accuracy, rate] = [0, 0, 0]
    for (let i = 0; i < settings.steps; i++) {
      await pause()
      args.signal?.throwIfAborted()
      const step = (epoch - 1) * settings.steps + i
      rate = (settings.learningRate / 2) * (1 + Math.cos((Math.PI * step) / total))
      const result = await network.step(chunks.batch(step, settings.batch), rate, randomWord(settings.seed, 'dropout', 0, step))
      if (!Number.isFinite(result.loss)) throw new AuditweaveError('training-diverged', `The loss became ${result.loss} in step ${step + 1}: take a lower learning rate or another seed.`)
      loss += result.loss / settings.steps
      accuracy += result.accuracy / settings.steps
      args.onProgress?.({ step: step + 1, steps: total, epoch, epochs: settings.epochs, seconds: seconds(), loss: result.loss })
    }
    const validated = await validate(network, validation, settings.batch, args.signal)
    const record = { epoch, steps: settings.steps, windows: settings.steps * settings.batch, loss, accuracy, validationLoss: validated.loss, validationAccuracy: validated.accuracy, learningRate: rate, seconds: seconds() - from }
    history.push(record)
    await args.onEpoch?.(record)
    if (epoch < settings.epochs && await args.shouldEnd?.(record)) break
  }
  return { weights: copyWeights(network.weights()), epochs: history, seconds: seconds() }
}

/** A network looks at the lines it is bound to, which bear one set of targets. */
async function validate(network: Network, { starts, lines, among }: Validation, batch: number, signal: AbortSignal | undefined): Promise<{ loss: number; accuracy: number }> {
  if (among) network.bind(among)
  const result = await evaluate(network, starts, batch, signal)
  if (among) network.bind(lines)
  return result
}

async function evaluate(network: Network, starts: Int32Array, batch: number, signal: AbortSignal | undefined): Promise<{ loss: number; accuracy: number }> {
  let [loss, accuracy] = [0, 0]
  for (let at = 0; at < starts.length; at += batch) {
    signal?.throwIfAborted()
    const part = starts.slice(at, at + batch)
    const result = await network.evaluate(part)
    loss += (result.loss * part.length) / starts.length
    accuracy += (result.accuracy * part.length) / starts.length
  }
  return { loss, accuracy }
}
