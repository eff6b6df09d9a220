import { LinkedCoder } from './linked-coder'
import type { CorpusTable } from './linked-corpus'
import type { Holdout, LinkedRunArguments, ScoredLog } from './linked-run'
import { blockedLinkedSplit, cutsOf, fittingWholeWindow, fittingWindow, leakingLinkedSplit, storedLinkedSplit, wholeLinkedSplit, type LinkedSplit } from './linked-split'
import { linkedTargets, LINKED_HEADS, wantedLabel, type TruthById } from './linked-target'
import { encodeColumns, fitVocabulary, type LinkedFeature } from './linked-vocabulary'
import type { TrainingTable } from './training-table'

/** A form of a log, encoded and split. */
export interface PreparedTable extends CorpusTable {
  readonly split: LinkedSplit
  readonly held: (line: number) => boolean
  readonly codes: Uint16Array
  readonly targets: Int32Array
}

export function countFitted(one: PreparedTable | undefined): number {
  if (!one) return 0
  let count = 0
  for (let line = 0; line < one.table.eventOf.length; line++) if (one.split.fitted(line) && !one.held(line)) count++
  return count
}

interface PreparedLog { readonly prepared: PreparedTable[]; readonly features: readonly LinkedFeature[]; readonly coder: LinkedCoder; readonly window: number }

/** Links, splits and fits: on training lines alone. */
export function prepareLinked(args: LinkedRunArguments): PreparedLog {
  const { corpus, truth, settings } = args
  const tables = [...corpus.tables(), ...corpus.thinned(settings.seed)]
  const first = tables[0]
  if (!first) throw new RangeError('a corpus has at least one form')
  const { window, splits } = splitTables(tables.map(({ table }) => table), args)
  const held = tables.map(({ table }) => heldLines(table, truth, args.holdout))
  const fitted = (i: number) => (line: number): boolean => (splits[i]?.fitted(line) ?? false) && !held[i]?.(line)
  const vocabularies = fitVocabulary(tables.map(({ table }, i) => ({ columns: table.columns, fitted: fitted(i) })), settings.leastSeen)
  const features = first.table.columns.names.map((name, i) => ({ name, vocabulary: vocabularies[i] ?? [] }))
  const labels = Array.from(first.table.eventOf, (_, line) => (fitted(0)(line) ? wantedLabel(first.table, line, truth) : null))
  const coder = LinkedCoder.fit(labels)
  const prepared = tables.map((one, i): PreparedTable => ({ ...one, split: splits[i] as LinkedSplit, held: held[i] as PreparedTable['held'], codes: encodeColumns(one.table.columns, features), targets: linkedTargets(one.table, truth, coder) }))
  return { prepared, features, coder, window }
}

/** Every form of another log, encoded with what was fitted before, all of its lines to be tested on. */
export function prepareOther({ corpus }: ScoredLog, features: readonly LinkedFeature[]): PreparedTable[] {
  return corpus.tables().map((one): PreparedTable => {
    const lines = one.table.eventOf.length
    const split: LinkedSplit = { train: new Int32Array(0), fitted: () => false, validation: [], test: [{ from: 0, to: lines }] }
    return { ...one, split, held: () => false, codes: encodeColumns(one.table.columns, features), targets: new Int32Array(0) }
  })
}

function splitTables(tables: readonly TrainingTable[], { split: shares, protocol, shape, settings, partOf }: LinkedRunArguments): { window: number; splits: LinkedSplit[] } {
  if (protocol === 'stored') {
    const window = Math.min(shape.window, ...tables.map((table) => table.eventOf.length))
    return { window, splits: tables.map((table) => storedLinkedSplit(table, partOf ?? new Map<string, 0>(), window)) }
  }
  const transfer = protocol === 'transfer'
  const cuts = cutsOf(tables[0] as TrainingTable, transfer ? { ...shares, test: 0 } : shares)
  const window = (transfer ? fittingWholeWindow : fittingWindow)(tables, cuts, shape.window)
  const splits = tables.map((table) => (protocol === 'paper' ? leakingLinkedSplit(table, shares, window, settings.seed) : (transfer ? wholeLinkedSplit : blockedLinkedSplit)(table, cuts, window)))
  return { window, splits }
}

/** Which lines belong to contexts that are held out. */
function heldLines(table: TrainingTable, truth: TruthById, holdout: Holdout | undefined): (line: number) => boolean {
  if (!holdout) return () => false
  const contexts = new Set<string>()
  for (const facts of table.events) {
    const known = truth.get(facts.auditID)
    if (known?.role === 'trigger' && known.context !== null && holdout(facts)) contexts.add(known.context)
  }
  return (line) => {
    const facts = table.events[table.eventOf[line] ?? -1]
    const context = facts ? truth.get(facts.auditID)?.context : null
    return typeof context === 'string' && contexts.has(context)
  }
}

export function withoutHeld(targets: Int32Array, held: (line: number) => boolean): Int32Array {
  const kept = targets.slice()
  for (let line = 0; line * LINKED_HEADS.length < kept.length; line++) if (held(line)) kept.fill(-1, line * LINKED_HEADS.length, (line + 1) * LINKED_HEADS.length)
  return kept
}
