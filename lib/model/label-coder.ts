import { z } from 'zod'
import { AuditweaveError } from '@/lib/audit/errors'
import { decodeLabel, packCode, resourceIds } from '@/lib/labels/codec'
import type { ActionLabel } from '@/lib/labels/action-label'
import { labelKey } from '@/lib/labels/label-key'
import { LabelRegistry } from '@/lib/labels/registry'
import { PAPER_TABLE, RESOURCE_TABLE, verbClassesOf } from '@/lib/labels/resource-table'
import { VERB_CLASSES, VERB_CLASS_IDS, type VerbClass } from '@/lib/labels/verbs'

/** Resource id, sub id, namespaced, single, verb id: one softmax each, in this order. */
export const HEADS = 5

export const labelCoderSchema = z.strictObject({
  /** The ids that all heads share, ascending, 0 first; a class index is a place in this list. */
  ids: z.array(z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)).min(2).max(4096),
  /** Resources outside the table that some of the ids stand for. */
  custom: z.array(z.strictObject({ id: z.number().int(), group: z.string(), resource: z.string(), subresource: z.string() })).max(4096),
  /** (resource id, sub id, verb id) of training labels that the table does not allow, e.g. of refused calls. */
  further: z.array(z.tuple([z.number().int(), z.number().int(), z.number().int()])).max(65_536),
})
/** A label coder as plain data, for the model folder. */
export type LabelCoderData = z.infer<typeof labelCoderSchema>

/** Class key of a line whose label is null. */
export const UNKNOWN_KEY = 'unknown'
/** Class key of a predicted tuple that no label has. */
export const IMPOSSIBLE_KEY = 'impossible'

/** Names a label as a class for scores; unlike `labelKey` it tells API groups apart, as the paper's ids do. */
export function classKey(label: ActionLabel | null): string {
  return label === null ? UNKNOWN_KEY : `${label.group}/${labelKey(label)}`
}

const GENERIC_SUB_VERBS: readonly VerbClass[] = ['get', 'patch']

/** Class indexes of resource, sub-resource and verb. */
type Triple = [number, number, number]

/**
 * Turns labels into five class indexes over one shared list of ids and back. The paper's list is its table's 58 resource
 * ids and 0; sub ids, verb ids and flags are small numbers that occur there too. Ids met in training labels are added,
 * so that newer resources and custom ones have a class.
 */
export class LabelCoder {
  readonly ids: readonly number[]
  readonly #registry: LabelRegistry
  readonly #further: LabelCoderData['further']
  readonly #indexOf: ReadonlyMap<number, number>
  readonly #allowed: ReadonlySet<number>
  readonly #triples: Int32Array
  readonly #labels = new Map<number, ActionLabel | null>()

  private constructor(ids: readonly number[], registry: LabelRegistry, further: LabelCoderData['further']) {
    this.ids = ids
    this.#registry = registry
    this.#further = further
    this.#indexOf = new Map(ids.map((id, index) => [id, index]))
    const triples = this.#allowedTriples()
    this.#allowed = new Set(triples.map(([r, s, v]) => this.#tripleKey(r, s, v)))
    this.#triples = Int32Array.from(triples.flat())
  }

  /** Fits a coder on training labels alone; `paperIds` keeps the paper's 59 classes beside the ones seen. */
  static fit(labels: Iterable<ActionLabel | null>, options: { paperIds?: boolean } = {}): LabelCoder {
    const registry = new LabelRegistry()
    const met = new Map<string, [number, number, number]>()
    const ids = new Set<number>([0, 1, ...Object.values(VERB_CLASS_IDS)])
    if (options.paperIds ?? true) for (const entry of PAPER_TABLE) ids.add(entry.id)
    for (const label of labels) {
      if (label === null) continue
      const { id, sub } = resourceIds(label.group, label.resource, label.subresource, registry)
      ids.add(id).add(sub)
      const verb = VERB_CLASS_IDS[label.verb]
      met.set(`${id}|${sub}|${verb}`, [id, sub, verb])
    }
    const sorted = [...ids].sort((a, b) => a - b)
    const table = new LabelCoder(sorted, registry, [])
    const further = [...met.values()].filter(([id, sub, verb]) => !table.allows(table.#index(id), table.#index(sub), table.#index(verb)))
    return new LabelCoder(sorted, registry, further)
  }

  /** A coder from a model folder; throws 'bad-model' where the ids are not ascending from 0 or custom names conflict. */
  static from(data: LabelCoderData): LabelCoder {
    if (data.ids[0] !== 0 || data.ids.some((id, i) => i > 0 && id <= (data.ids[i - 1] as number))) {
      throw new AuditweaveError('bad-model', 'The label ids of the model are not ascending from 0: take the model folder again from where it was made.')
    }
    return new LabelCoder(data.ids, LabelRegistry.from(data.custom), data.further)
  }

  toData(): LabelCoderData { return { ids: [...this.ids], custom: this.#registry.entries(), further: [...this.#further] } }

  get classes(): number { return this.ids.length }

  /** Five class indexes; a null label is all zeros, as published, and an id without a class is -1 (masked out of the loss). */
  encode(label: ActionLabel | null): [number, number, number, number, number] {
    if (label === null) return [0, 0, 0, 0, 0]
    const { id, sub } = resourceIds(label.group, label.resource, label.subresource)
    return [this.#index(id), this.#index(sub), this.#index(Number(label.namespaced)), this.#index(Number(label.single)), this.#index(VERB_CLASS_IDS[label.verb])]
  }

  /** One number for five class indexes, to count and compare by. */
  tupleOf(r: number, s: number, n: number, u: number, v: number): number {
    const k = this.classes
    return (((r * k + s) * k + n) * k + u) * k + v
  }

  /** The five class indexes of a tuple number. */
  partsOf(tuple: number): [number, number, number, number, number] {
    const k = this.classes
    const parts: number[] = []
    for (let rest = tuple; parts.length < HEADS; rest = Math.floor(rest / k)) parts.unshift(rest % k)
    return parts as [number, number, number, number, number]
  }

  /** Whether (resource, sub, verb) indexes are all zero (unknown), a row of the resource table with a verb it allows, or were met in training. */
  allows(r: number, s: number, v: number): boolean { return this.#allowed.has(this.#tripleKey(r, s, v)) }

  /** Triples of class indexes that a label may have, flat: resource, sub, verb, resource, ... */
  get triples(): Int32Array { return this.#triples }

  /** The label of a tuple, or null where it is unknown (all zero) or impossible. */
  label(tuple: number): ActionLabel | null {
    const known = this.#labels.get(tuple)
    if (known !== undefined) return known
    const label = this.#makeLabel(tuple)
    this.#labels.set(tuple, label)
    return label
  }

  /** The class key of a tuple, in line with `classKey` of true labels. */
  key(tuple: number): string {
    if (tuple === 0) return UNKNOWN_KEY
    const label = this.label(tuple)
    return label === null ? IMPOSSIBLE_KEY : classKey(label)
  }

  #makeLabel(tuple: number): ActionLabel | null {
    const [r, s, n, u, v] = this.partsOf(tuple)
    const [id, sub, namespaced, single, verb] = [r, s, n, u, v].map((index) => this.ids[index] as number) as [number, number, number, number, number]
    if (namespaced > 1 || single > 1 || !this.allows(r, s, v)) return null
    return decodeLabel(packCode({ id, sub, namespaced: namespaced === 1, single: single === 1, verb }), this.#registry)
  }

  #index(id: number): number { return this.#indexOf.get(id) ?? -1 }

  #tripleKey(r: number, s: number, v: number): number { return (r * this.classes + s) * this.classes + v }

  #allowedTriples(): Triple[] {
    const triples: Triple[] = [[0, 0, 0]]
    const put = (id: number, sub: number, verb: number): void => {
      const triple: Triple = [this.#index(id), this.#index(sub), this.#index(verb)]
      if (triple.every((index) => index >= 0)) triples.push(triple)
    }
    const add = (id: number, sub: number, verbs: readonly VerbClass[]): void => verbs.forEach((verb) => put(id, sub, VERB_CLASS_IDS[verb]))
    for (const entry of RESOURCE_TABLE) add(entry.id, entry.sub, verbClassesOf(entry))
    for (const custom of this.#registry.entries()) {
      add(custom.id, 0, VERB_CLASSES)
      if (custom.subresource === '') for (const sub of [1, 2]) add(custom.id, sub, GENERIC_SUB_VERBS)
    }
    for (const [id, sub, verb] of this.#further) put(id, sub, verb)
    return triples
  }
}
