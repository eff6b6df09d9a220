import { AuditweaveError } from '@/lib/audit/errors'
import { labelKey, type LabelLike } from '@/lib/labels/label-key'

/** A truth record, or a predicted one: what scoring reads of it. */
export interface ScoredRecord {
  readonly auditID?: unknown
  readonly context?: unknown
  readonly role?: unknown
  readonly label?: unknown
}

/** Shares between 0 and 1, rounded to four places; null where there is nothing to divide by. */
export interface ScoreResult {
  records: number
  contexts: number
  missing: number
  b3_precision: number | null
  b3_recall: number | null
  b3_f1: number | null
  pair_f1: number | null
  ari: number | null
  exact_contexts: number | null
  exact_contexts_2plus: number | null
  mean_jaccard: number | null
  label_coverage: number | null
  label_accuracy: number | null
  label_macro_f1: number | null
  role_accuracy: number | null
}

type Records = Map<string, ScoredRecord>

const ROLES = new Set(['trigger', 'consequence', 'background', 'nonresource'])

/** Further stages of an auditID repeat its decision: the first record stands. */
function firstOf(records: Iterable<ScoredRecord>): Records {
  const byId: Records = new Map()
  for (const record of records) if (typeof record.auditID === 'string' && !byId.has(record.auditID)) byId.set(record.auditID, record)
  return byId
}

function checkFiles(truth: Records, predicted: Records): void {
  const roles = [...truth.values()].some((record) => typeof record.role === 'string' && ROLES.has(record.role))
  if (!roles) {
    throw new AuditweaveError('not-truth-records', `the truth file holds no truth records (JSON lines of auditID, context, role, label; ${truth.size} records with an auditID, none with a role): give the truth first and the reconstruction second`)
  }
  for (const id of predicted.keys()) if (truth.has(id)) return
  throw new AuditweaveError('wrong-truth', `the truth file is of another capture: none of its ${truth.size} auditIDs is among the ${predicted.size} of the reconstruction; give the truth that belongs to this log`)
}

/** How often each key stands there. */
export function countOf<K>(keys: readonly K[]): Map<K, number> {
  const counts = new Map<K, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** Unordered pairs inside groups of these sizes. */
export function pairsIn(counts: ReadonlyMap<unknown, number>): number {
  let sum = 0
  for (const count of counts.values()) sum += (count * (count - 1)) / 2
  return sum
}

function round(value: number): number | null {
  return Number.isFinite(value) ? Math.round(value * 1e4) / 1e4 : null
}

function f1(precision: number, recall: number): number {
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
}

interface Grouping {
  readonly ids: readonly string[]
  readonly gold: readonly unknown[]
  readonly predicted: readonly unknown[]
  readonly goldSize: ReadonlyMap<unknown, number>
  readonly predictedSize: ReadonlyMap<unknown, number>
  readonly both: ReadonlyMap<string, number>
}

function pairKey(gold: unknown, predicted: unknown): string {
  return `${String(gold)}\u0000${String(predicted)}`
}

function groupingOf(truth: Records, guesses: Records): Grouping {
  const ids: string[] = []
  for (const [id, record] of truth) if (record.role === 'trigger' || record.role === 'consequence') ids.push(id)
  const gold = ids.map((id) => truth.get(id)?.context)
  const predicted = ids.map((id) => guesses.get(id)?.context ?? `alone:${id}`)
  const both = countOf(ids.map((_, i) => pairKey(gold[i], predicted[i])))
  return { ids, gold, predicted, goldSize: countOf(gold), predictedSize: countOf(predicted), both }
}

function scorePairs({ ids, gold, predicted, goldSize, predictedSize, both }: Grouping): Pick<ScoreResult, 'b3_precision' | 'b3_recall' | 'b3_f1' | 'pair_f1' | 'ari'> {
  let precision = 0
  let recall = 0
  ids.forEach((_, i) => {
    const shared = both.get(pairKey(gold[i], predicted[i])) ?? 0
    precision += shared / (predictedSize.get(predicted[i]) ?? 1)
    recall += shared / (goldSize.get(gold[i]) ?? 1)
  })
  precision /= ids.length
  recall /= ids.length
  const [hits, goldPairs, predictedPairs] = [pairsIn(both), pairsIn(goldSize), pairsIn(predictedSize)]
  const expected = (goldPairs * predictedPairs) / ((ids.length * (ids.length - 1)) / 2)
  return {
    b3_precision: round(precision), b3_recall: round(recall), b3_f1: round(f1(precision, recall)),
    pair_f1: round(f1(hits / predictedPairs, hits / goldPairs)),
    ari: round((hits - expected) / ((goldPairs + predictedPairs) / 2 - expected)),
  }
}

function scoreContexts({ ids, gold, predicted, goldSize, predictedSize, both }: Grouping): Pick<ScoreResult, 'exact_contexts' | 'exact_contexts_2plus' | 'mean_jaccard'> {
  const found = new Map<unknown, Set<unknown>>()
  ids.forEach((_, i) => found.set(gold[i], (found.get(gold[i]) ?? new Set()).add(predicted[i])))
  let [exact, many, exactMany, jaccard] = [0, 0, 0, 0]
  for (const [context, size] of goldSize) {
    const parts = found.get(context) ?? new Set()
    const [only] = parts
    const hit = parts.size === 1 && predictedSize.get(only) === size ? 1 : 0
    exact += hit
    if (size > 1) {
      many++
      exactMany += hit
    }
    let best = -Infinity
    for (const part of parts) {
      const shared = both.get(pairKey(context, part)) ?? 0
      best = Math.max(best, shared / (size + (predictedSize.get(part) ?? 0) - shared))
    }
    jaccard += best
  }
  return { exact_contexts: round(exact / goldSize.size), exact_contexts_2plus: round(exactMany / many), mean_jaccard: round(jaccard / goldSize.size) }
}

function labelOf(record: ScoredRecord | undefined): LabelLike | null {
  const label = record?.label
  return typeof label === 'object' && label !== null ? label : null
}

function scoreLabels(truth: Records, predicted: Records): Pick<ScoreResult, 'label_coverage' | 'label_accuracy' | 'label_macro_f1'> {
  const perLabel = new Map<string, { tp: number; fp: number; fn: number }>()
  const of = (key: string): { tp: number; fp: number; fn: number } => {
    const known = perLabel.get(key) ?? { tp: 0, fp: 0, fn: 0 }
    perLabel.set(key, known)
    return known
  }
  let [total, labelled, right] = [0, 0, 0]
  for (const [id, record] of truth) {
    const wanted = labelOf(record)
    if (!wanted) continue
    total++
    const given = labelOf(predicted.get(id))
    if (!given) continue
    labelled++
    const [want, got] = [labelKey(wanted), labelKey(given)]
    if (want === got) {
      right++
      of(want).tp++
    } else {
      of(want).fn++
      of(got).fp++
    }
  }
  const inTruth = [...perLabel.values()].filter(({ tp, fn }) => tp + fn > 0)
  const macro = inTruth.reduce((sum, { tp, fp, fn }) => sum + (2 * tp) / (2 * tp + fp + fn), 0) / inTruth.length
  return { label_coverage: round(labelled / total), label_accuracy: round(right / labelled), label_macro_f1: round(macro) }
}

/**
 * Scores a reconstruction against the truth of its capture. Contexts are scored over the truth's trigger and consequence
 * records, a record without a predicted context counting as one of its own; labels where both sides give one.
 * Throws AuditweaveError `not-truth-records` or `wrong-truth` for files that do not belong together.
 */
export function scoreReconstruction(truthRecords: Iterable<ScoredRecord>, predictedRecords: Iterable<ScoredRecord>): ScoreResult {
  const truth = firstOf(truthRecords)
  const predicted = firstOf(predictedRecords)
  checkFiles(truth, predicted)
  const grouping = groupingOf(truth, predicted)
  const roles = grouping.ids.filter((id) => predicted.get(id)?.role !== undefined)
  return {
    records: grouping.ids.length,
    contexts: grouping.goldSize.size,
    missing: grouping.ids.filter((id) => !predicted.has(id)).length,
    ...scorePairs(grouping),
    ...scoreContexts(grouping),
    ...scoreLabels(truth, predicted),
    role_accuracy: round(roles.filter((id) => predicted.get(id)?.role === truth.get(id)?.role).length / roles.length),
  }
}
