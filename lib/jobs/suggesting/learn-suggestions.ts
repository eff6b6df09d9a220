import { AuditweaveError } from '@/lib/audit/errors'
import { askLearnt, learnPartly, partlyLabelled, type LearnOptions } from '@/lib/labelling/learner/learn-partly'
import { givenLabels } from '@/lib/labelling/learner/given-labels'
import { adopts, agreement, type Answer } from '@/lib/labelling/learning/judge'
import { heldBack } from '@/lib/labelling/queue/hold-back'
import type { EvidenceCollector } from '@/lib/labelling/suggest/evidence'
import type { LinkedTable } from '@/lib/model/linked/linked-lines'
import { LINKED_PRESET } from '@/lib/model/linked/linked-settings'
import type { FoundContexts } from '@/lib/store/reconstruction-writes'
import { labelsSince } from '@/lib/store/labelling/labels-since'
import { standingAnswers, type Learning } from '@/lib/store/labelling/learnings'
import { joined, type Working } from './by-model'

/** Fewer labels teach nothing that the rules do not know. */
const FEWEST = 20
const SEED = 1
/** A quarter of the default network: it learns in seconds, beside people at work. */
const SHAPE = { ...LINKED_PRESET.shape, window: 64, units: 32 }
const SETTINGS = { ...LINKED_PRESET.settings, epochs: 1, steps: 150, seed: SEED }

/**
 * Trains a network from nothing on what people have labelled by now and has it suggest, beside the links, what every other line is; judged by the labels
 * of the held-back sample. Suggestions that are worse than those that stand are told of and not kept.
 * @throws AuditweaveError 'too-few-labels'
 */
export async function learnSuggestions(datasetId: string, table: LinkedTable, evidence: EvidenceCollector, working: Working): Promise<FoundContexts & { readonly learning: Learning }> {
  const auditIDs = table.events.map(({ auditID }) => auditID)
  const apart = new Set(heldBack(auditIDs).map((request) => auditIDs[request]))
  const { labels: all, newest } = await labelsSince({ datasetId, assignment: null }, 0)
  // What is for no API object is told without a model: it neither teaches nor judges one.
  const api = new Set(table.events.filter((facts) => facts.api).map(({ auditID }) => auditID))
  const labels = all.filter(({ auditID }) => api.has(auditID))
  const { learnt, byPeople, held } = givenLabels(labels, (auditID) => apart.has(auditID), SEED)
  if (byPeople < FEWEST) throw new AuditweaveError('too-few-labels', `${byPeople} requests are labelled beside the held-back sample; a model learns from ${FEWEST} and more.`)
  const { engine, threads, signal, onProgress } = working
  const options: LearnOptions = { engine, threads, signal, shape: SHAPE, settings: SETTINGS, onProgress: ({ step, steps }) => onProgress('learn', step, steps) }
  const log = partlyLabelled(table, SETTINGS.leastSeen)
  const model = await learnPartly(log, learnt, options)
  onProgress('label', 0, 1)
  const found = joined(table, await askLearnt(log, model, options), evidence)
  const answers = new Map(found.records.map(({ auditID, role, label }): [string, Answer] => [auditID, { role, label }]))
  const accuracy = agreement(held, answers)
  const standing = await standingAnswers(datasetId, [...held.keys()])
  const before = standing === null ? null : agreement(held, standing)
  const adopted = adopts(held.size, accuracy, before)
  const learning = { labels: byPeople, held: held.size, accuracy, before, adopted, newest, seconds: model.trained.seconds }
  return adopted ? { ...found, learning } : { records: [], contexts: [], learning }
}
