import type { Engine, Network, NetworkSpec, Weights } from '@/lib/engine/types'
import { SLOTS } from '@/lib/contexts/candidates'
import { mapConfidence, RAW_CONFIDENCE, type ConfidenceMap } from '../confidence-map'
import { predictBatches } from '../predict-batches'
import { windowStartsIn, type LineRange } from '../windows'
import type { LinkedCoder } from './linked-coder'
import { decodeLinked, type LinkedPrediction } from './linked-decode'
import { candidateLabel } from './linked-lines'
import { LINKED_HEADS } from './linked-target'
import type { TrainingTable } from './training-table'

export interface LinkedInferOptions {
  readonly threads?: number
  /** Windows a call of the engine. */
  readonly batch?: number
  /** Lines to predict, seen by themselves; all of them unless told. */
  readonly range?: LineRange
  readonly signal?: AbortSignal
  onProgress?(done: { readonly windows: number; readonly total: number }): void
}

export interface LinkedParts {
  readonly network: NetworkSpec
  readonly weights: Weights
  readonly coder: LinkedCoder
  /** Lines between windows. */
  readonly stride: number
  readonly confidence?: ConfidenceMap
}

/**
 * Predicts every line of a table from its codes. Of the windows that hold a line, the one in which it stands furthest from both edges speaks for it.
 * A log, or range, shorter than the window is one window of its own length. Throws the signal's reason when aborted. One prediction for
 * each line of the range.
 */
export async function inferLinked(engine: Engine, parts: LinkedParts, table: TrainingTable, codes: Uint16Array, options: LinkedInferOptions = {}): Promise<LinkedPrediction[]> {
  const lines = table.eventOf.length
  const range = options.range ?? { from: 0, to: lines }
  if (range.to <= range.from) return []
  const window = Math.min(parts.network.window, range.to - range.from)
  return withLinkedNetwork(engine, parts, { lines, codes, window }, options, (network, batch) => predictLines(network, parts, table, { ...options, batch, range }))
}

/** A network with its weights over windows of this length of a table's codes, for as long as `work` takes; `batch` is what it was made for. */
export async function withLinkedNetwork<T>(engine: Engine, parts: Pick<LinkedParts, 'network' | 'weights'>, over: { readonly lines: number; readonly codes: Uint16Array; readonly window: number }, options: Pick<LinkedInferOptions, 'threads' | 'batch'>, work: (network: Network, batch: number) => Promise<T>): Promise<T> {
  const batch = options.batch ?? 32
  const network = await engine.create({ ...parts.network, window: over.window }, { threads: options.threads ?? 1, batch, seed: 0, inferenceOnly: true })
  try {
    network.bind({ lines: over.lines, features: over.codes, labels: new Int32Array(over.lines * LINKED_HEADS.length).fill(-1) })
    network.setWeights(parts.weights)
    return await work(network, batch)
  } finally {
    await network.dispose()
  }
}

async function predictLines(network: Network, parts: LinkedParts, table: TrainingTable, options: LinkedInferOptions & { readonly batch: number; readonly range: LineRange }): Promise<LinkedPrediction[]> {
  const { range } = options
  const { window, headSizes = [] } = network.spec
  const starts = windowStartsIn(range, window, Math.min(parts.stride, window), { flush: true })
  const width = headSizes.reduce((sum, size) => sum + size, 0)
  const result: LinkedPrediction[] = []
  for await (const { at, part, probabilities } of predictBatches(network, starts, options)) {
    part.forEach((start, place) => {
      const end = handOver(starts, at + place, window, range.to)
      for (let line = range.from + result.length; line < end; line++) result.push(predictLine(parts, table, line, probabilities, (place * window + line - start) * width))
    })
  }
  return result
}

/** First line that the next window speaks for: the middle of what both hold. */
function handOver(starts: Int32Array, index: number, window: number, last: number): number {
  const next = starts[index + 1]
  return next === undefined ? last : Math.ceil((next + (starts[index] as number) + window) / 2)
}

function predictLine(parts: LinkedParts, table: TrainingTable, line: number, probabilities: Float32Array, offset: number): LinkedPrediction {
  const own = table.events[table.eventOf[line] ?? -1]?.label ?? null
  const raw = decodeLinked(parts.coder, probabilities, offset, own, SLOTS.map((_, slot) => candidateLabel(table, line, slot)))
  return { ...raw, confidence: mapConfidence(parts.confidence ?? RAW_CONFIDENCE, raw.confidence) }
}
