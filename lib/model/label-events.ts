import { AuditweaveError } from '@/lib/audit/errors'
import type { AuditEvent } from '@/lib/audit/event'
import type { Engine, Network } from '@/lib/engine/types'
import { featureRow } from '@/lib/features/feature-row'
import { HEADS, LabelCoder } from './label-coder'
import { encodeInputs } from './dataset'
import { inferLines, type LinePrediction } from './infer'
import { isModelLine } from './line-target'
import { isLinkedModel, isWindowsModel, type LinkedModel, type TrainedModel, type WindowsModel } from './model-file'
import { labelTable, suggestionsOf } from './linked/label-linked'
import { LinkedLines } from './linked/linked-lines'
import type { EventPrediction } from './prediction'

export interface LabelOptions {
  readonly threads?: number
  /** Windows a call of the engine. */
  readonly batch?: number
  /** Lines between windows; the model's own unless told, never more than its window. */
  readonly stride?: number
  readonly signal?: AbortSignal
  onProgress?(done: { readonly windows: number; readonly total: number }): void
}

/**
 * Labels events, given in log order: each API line gets a prediction, any other event null. A watch that is logged at its
 * start and its end is one line; both get its prediction. A log shorter than the model's window W is one window of its own
 * length: the recurrent layers take any, and nothing is padded or repeated.
 */
export async function labelEvents(model: TrainedModel, engine: Engine, events: readonly AuditEvent[], options: LabelOptions = {}): Promise<(EventPrediction | null)[]> {
  if (isLinkedModel(model)) return labelByLinks(model, engine, events, options)
  if (!isWindowsModel(model)) throw new AuditweaveError('bad-model', 'The model is of a family that is unknown here: take a newer version of Auditweave.')
  const places = events.flatMap((event, i) => (isModelLine(event) ? [i] : []))
  const result: (LinePrediction | null)[] = events.map(() => null)
  const predictions = await labelRows(model, engine, places.map((place) => featureRow(events[place] as AuditEvent)), options)
  places.forEach((place, line) => { result[place] = predictions[line] ?? null })
  shareWatches(events, result)
  return result
}

async function labelByLinks(model: LinkedModel, engine: Engine, events: readonly AuditEvent[], options: LabelOptions): Promise<(EventPrediction | null)[]> {
  const lines = new LinkedLines()
  lines.add(events)
  const table = lines.table()
  const suggestions = suggestionsOf(table, await labelTable(model, engine, table, options))
  return events.map((event) => suggestions.get(event.auditID)?.prediction ?? null)
}

/** The same for rows of the 39 features and a model of the windows family, one prediction a row. */
export async function labelRows(model: WindowsModel, engine: Engine, rows: readonly (readonly (string | null)[])[], options: LabelOptions = {}): Promise<LinePrediction[]> {
  if (rows.length === 0) return []
  const { manifest } = model
  const window = Math.min(manifest.network.window, rows.length)
  const batch = options.batch ?? 32
  const network: Network = await engine.create({ ...manifest.network, window }, { threads: options.threads ?? 1, batch, seed: 0, inferenceOnly: true })
  try {
    const inputs = manifest.features.map((feature) => ({ name: feature.name, vocabulary: { values: feature.vocabulary } }))
    network.bind({ lines: rows.length, features: encodeInputs(rows, inputs), labels: new Int32Array(rows.length * HEADS).fill(-1) })
    network.setWeights(model.weights)
    const { stride, vote, decode, confidence } = manifest.inference
    return await inferLines(network, rows.length, { ...options, coder: LabelCoder.from(manifest.labels), batch, vote, decode, confidence, stride: options.stride ?? stride })
  } finally {
    await network.dispose()
  }
}

function shareWatches(events: readonly AuditEvent[], result: (LinePrediction | null)[]): void {
  const ended = new Map<string, LinePrediction>()
  events.forEach((event, i) => { const prediction = result[i]; if (event.verb === 'watch' && prediction) ended.set(event.auditID, prediction) })
  events.forEach((event, i) => { if (event.verb === 'watch' && !result[i]) result[i] = ended.get(event.auditID) ?? null })
}
