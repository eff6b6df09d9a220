import type { Engine } from '@/lib/engine/types'
import type { LinkedModel } from '../model-file'
import type { Suggestion } from '../prediction'
import { LinkedCoder } from './linked-coder'
import type { LinkedPrediction } from './linked-decode'
import { inferLinked, type LinkedInferOptions } from './linked-infer'
import { candidateTrigger } from './linked-lines'
import { encodeColumns } from './linked-vocabulary'
import type { TrainingTable } from './training-table'

/** What a linked model says of every line of a table, in its order. */
export async function labelTable(model: LinkedModel, engine: Engine, table: TrainingTable, options: LinkedInferOptions = {}): Promise<LinkedPrediction[]> {
  const { network, features, labels, inference } = model.manifest
  const { confidence } = inference
  const parts = { network, weights: model.weights, coder: LinkedCoder.from(labels), stride: inference.stride, ...(confidence ? { confidence } : {}) }
  return inferLinked(engine, parts, table, encodeColumns(table.columns, features), options)
}

/** Predictions by auditID, with the trigger that each points at. */
export function suggestionsOf(table: TrainingTable, predictions: readonly LinkedPrediction[]): Map<string, Suggestion> {
  const suggestions = new Map<string, Suggestion>()
  predictions.forEach((prediction, line) => {
    const facts = table.events[table.eventOf[line] ?? -1]
    const pointed = prediction.slot < 0 ? undefined : candidateTrigger(table, line, prediction.slot)
    if (facts) suggestions.set(facts.auditID, { own: facts.label, prediction, pointsAt: pointed?.auditID ?? null })
  })
  return suggestions
}
