import type { Engine, NetworkSpec, Weights } from '@/lib/engine/types'
import { LinkedCoder } from '@/lib/model/linked/linked-coder'
import { linkedNetwork, type LinkedShape } from '@/lib/model/linked/linked-network'
import type { LinkedSettings } from '@/lib/model/linked/linked-settings'
import { linkedTargets, wantedLabel, type TruthById } from '@/lib/model/linked/linked-target'
import { trainLinked, type LinkedTrainArguments, type LinkedTrainResult } from '@/lib/model/linked/linked-train'
import { codeSizes, encodeColumns, fitVocabulary, type LinkedFeature } from '@/lib/model/linked/linked-vocabulary'
import { voteLinked, type VotedPrediction } from '@/lib/model/linked/linked-votes'
import type { TrainingTable } from '@/lib/model/linked/training-table'
import { labelledChunks } from './labelled-chunks'

/** A log of which every line is known and few labels are, ready for networks that learn from whatever is labelled by then. */
export interface PartlyLabelledLog {
  readonly table: TrainingTable
  readonly features: readonly LinkedFeature[]
  readonly codes: Uint16Array
}

/** Encodes a log once for many trainings: vocabularies ask for no label, so that they may be fitted on all of its lines. */
export function partlyLabelled(table: TrainingTable, leastSeen: number): PartlyLabelledLog {
  const vocabularies = fitVocabulary([{ columns: table.columns, fitted: () => true }], leastSeen)
  const features = table.columns.names.map((name, i) => ({ name, vocabulary: vocabularies[i] ?? [] }))
  return { table, features, codes: encodeColumns(table.columns, features) }
}

export interface LearnOptions extends Pick<LinkedTrainArguments, 'threads' | 'signal' | 'onProgress'> {
  readonly engine: Engine
  readonly shape: LinkedShape
  readonly settings: LinkedSettings
}

export interface Learnt { readonly network: NetworkSpec; readonly weights: Weights; readonly coder: LinkedCoder; readonly trained: LinkedTrainResult; readonly labelled: number }

/**
 * Trains a linked network from nothing on the lines that are labelled and no others; what is not labelled is seen, and learnt nothing from. The same
 * labels, settings and seed give the same weights. Throws RangeError where nothing is labelled.
 */
export async function learnPartly({ table, features, codes }: PartlyLabelledLog, labels: TruthById, { engine, shape: wanted, settings, ...rest }: LearnOptions): Promise<Learnt> {
  const lines = table.eventOf.length
  const shape = { ...wanted, window: Math.min(wanted.window, lines) }
  const labelled = Int32Array.from({ length: lines }, (_, line) => line).filter((line) => wantedLabel(table, line, labels) !== null)
  if (labelled.length === 0) throw new RangeError('nothing is labelled that a network could learn from')
  const coder = LinkedCoder.fit(Array.from(labelled, (line) => wantedLabel(table, line, labels)))
  const network = linkedNetwork(shape, codeSizes(features.map(({ vocabulary }) => vocabulary)), coder)
  const split = { train: labelledChunks(labelled, lines, shape.window), fitted: () => true, validation: [], test: [] }
  const trained = await trainLinked({ engine, network, settings, parts: [{ name: 'labelled', weight: 1, codes, targets: linkedTargets(table, labels, coder), split }], ...rest })
  return { network, weights: trained.weights, coder, trained, labelled: labelled.length }
}

/** What a network that was learnt so says of every line, labelled or not. */
export function askLearnt({ table, codes }: PartlyLabelledLog, { network, weights, coder }: Learnt, { engine, threads, signal, settings }: LearnOptions): Promise<VotedPrediction[]> {
  return voteLinked(engine, { network, weights, coder }, table, codes, { batch: settings.batch, ...(threads ? { threads } : {}), ...(signal ? { signal } : {}) })
}
