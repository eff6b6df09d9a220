import { z } from 'zod'
import { AuditweaveError } from '@/lib/audit/errors'
import { SLOTS } from '@/lib/contexts/candidates'
import { makeLabel } from '@/lib/labels/codec'
import type { ActionLabel } from '@/lib/labels/action-label'
import { classKey } from '@/lib/model/label-coder'
import type { CorpusTable } from '@/lib/model/linked/linked-corpus'
import { LINKED_FEATURES } from '@/lib/model/linked/linked-lines'
import { logVariant, LOG_VARIANTS } from '@/lib/model/linked/log-variants'
import type { LineFacts } from '@/lib/model/linked/training-table'
import type { ArrayFile, StoredArray } from './array-file'
import { Dictionary, texts } from './dictionary'

/** Grows whenever the same events are linked otherwise, or give other features or candidates. */
export const LINK_VERSION = 1
/** Grows with what a file holds. */
const LAYOUT = 1

/** All that decides the tables of a linked log, in a fixed order: the cache's key is its digest. `seed` says which rules are silent; null for none. */
export function corpusKey(parts: { readonly log: string; readonly limit: number | null; readonly seed: number | null }): string {
  return JSON.stringify(['linked', LAYOUT, LINK_VERSION, LINKED_FEATURES, SLOTS, LOG_VARIANTS.map(({ name }) => name), parts.log, parts.limit, parts.seed])
}

const labelSchema = z.strictObject({ group: z.string(), resource: z.string(), subresource: z.string(), verb: z.string(), namespaced: z.boolean(), single: z.boolean() })
const dataSchema = z.strictObject({
  /** Texts of auditIDs, users and namespaces, kept once for all tables. */
  texts: z.array(z.string()),
  labels: z.array(labelSchema),
  tables: z.array(z.strictObject({
    name: z.string(), variant: z.enum(LOG_VARIANTS.map(({ name }) => name)), rules: z.enum(['all', 'some']), weight: z.number(), names: z.array(z.string()),
    /** Places among `texts`. */
    values: z.array(z.array(z.int().min(0))),
  })),
})

/** Of each event: auditID, user, namespace, label (0 for none) and whether it is external, and its time in two halves. */
const EVENT_FIELDS = 7
const WORD = 2 ** 32
/** Stands for a time that nobody knows: later than all. */
const NEVER = WORD - 1

export function corpusToFile(corpus: readonly CorpusTable[]): ArrayFile {
  const dictionary = new Dictionary()
  const labels = new Dictionary()
  const kept: ActionLabel[] = []
  const labelCode = (label: ActionLabel | null): number => {
    if (label === null) return 0
    const code = labels.code(classKey(label))
    if (code === kept.length) kept.push(label)
    return code + 1
  }
  const arrays = new Map<string, StoredArray>()
  const tables = corpus.map(({ name, variant, rules, weight, table }, i) => {
    const { events, eventOf, columns, candidates, linked } = table
    const facts = new Uint32Array(events.length * EVENT_FIELDS)
    events.forEach(({ auditID, user, namespace, label, external, at }, place) => {
      const [high, low] = Number.isFinite(at) ? [Math.floor(at / WORD), at % WORD] : [NEVER, 0]
      facts.set([dictionary.code(auditID), dictionary.code(user), dictionary.code(namespace), labelCode(label), Number(external), high, low], place * EVENT_FIELDS)
    })
    for (const [part, array] of Object.entries({ facts, eventOf, candidates, contextOf: linked.contextOf, codes: columns.codes })) arrays.set(`${i}.${part}`, array)
    return { name, variant: variant.name, rules, weight, names: [...columns.names], values: columns.names.map((_, feature) => columns.values(feature).map((value) => dictionary.code(value))) }
  })
  return { data: { texts: dictionary.texts, labels: kept.map(({ code: _code, ...label }) => label), tables }, arrays }
}

/** @throws AuditweaveError 'bad-array-file' where the file holds something else */
export function corpusFromFile({ data, arrays }: ArrayFile): CorpusTable[] {
  const parsed = dataSchema.safeParse(data)
  if (!parsed.success) throw bad()
  const labels = parsed.data.labels.map((label) => makeLabel(label))
  return parsed.data.tables.map(({ name, variant, rules, weight, names, values }, i): CorpusTable => {
    const [facts, codes] = [arrays.get(`${i}.facts`), arrays.get(`${i}.codes`)]
    const [eventOf, candidates, contextOf] = [arrays.get(`${i}.eventOf`), arrays.get(`${i}.candidates`), arrays.get(`${i}.contextOf`)]
    if (!(facts instanceof Uint32Array && codes instanceof Uint16Array && eventOf instanceof Int32Array && candidates instanceof Int32Array && contextOf instanceof Int32Array)) throw bad()
    const lines = eventOf.length
    if (facts.length !== contextOf.length * EVENT_FIELDS || codes.length !== lines * names.length || candidates.length !== lines * SLOTS.length || values.length !== names.length) throw bad()
    const known = values.map((places) => texts(parsed.data.texts, places))
    const columns = { names, width: names.length, lines, codes, values: (feature: number): readonly string[] => known[feature] ?? [] }
    return { name, variant: logVariant(variant), rules, weight, table: { events: eventsOf(facts, parsed.data.texts, labels), eventOf, columns, candidates, linked: { contextOf } } }
  })
}

function eventsOf(facts: Uint32Array, words: readonly string[], labels: readonly ActionLabel[]): LineFacts[] {
  return Array.from({ length: facts.length / EVENT_FIELDS }, (_, place): LineFacts => {
    const [auditID = 0, user = 0, namespace = 0, label = 0, external, high = 0, low = 0] = facts.subarray(place * EVENT_FIELDS, (place + 1) * EVENT_FIELDS)
    return { auditID: words[auditID] ?? '', user: words[user] ?? '', namespace: words[namespace] ?? '', label: labels[label - 1] ?? null, external: external === 1, at: high === NEVER ? Number.POSITIVE_INFINITY : high * WORD + low }
  })
}

function bad(): AuditweaveError {
  return new AuditweaveError('bad-array-file', 'The file of a linked log holds something else. It is made anew.')
}
