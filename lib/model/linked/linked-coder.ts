import { z } from 'zod'
import { AuditweaveError } from '@/lib/audit/errors'
import type { ActionLabel } from '@/lib/labels/action-label'
import { makeLabel } from '@/lib/labels/codec'
import { findEntry, verbClassesOf } from '@/lib/labels/resource-table'
import { VERB_CLASSES, type VerbClass } from '@/lib/labels/verbs'

const name = z.string().max(256)

/** A label coder as plain data, for the model folder. */
export const linkedCoderSchema = z.strictObject({
  /** Resources that the network can name by itself. */
  resources: z.array(z.strictObject({ group: name, resource: name, subresource: name })).min(1).max(8192),
  /** Verb class and scope. */
  actions: z.array(z.strictObject({ verb: z.enum(VERB_CLASSES as [VerbClass, ...VerbClass[]]), namespaced: z.boolean(), single: z.boolean() })).min(1).max(64),
  /** Places (resource, action) of training labels that the resource table does not allow, e.g. of refused calls. */
  further: z.array(z.tuple([z.int().min(0), z.int().min(0)])).max(65_536),
})
export type LinkedCoderData = z.infer<typeof linkedCoderSchema>

type ResourceName = LinkedCoderData['resources'][number]
type ActionName = LinkedCoderData['actions'][number]

const resourceKey = ({ group, resource, subresource }: ResourceName): string => `${group}/${resource}/${subresource}`
const actionKey = ({ verb, namespaced, single }: ActionName): string => `${verb} ${namespaced} ${single}`

/**
 * The labels that the linked network can give a line by itself, as a pair of class indexes: resource with sub-resource, and verb class
 * with scope. It mostly points at an action seen in the log instead, so that a label it never learnt can still be given.
 */
export class LinkedCoder {
  readonly #resourceIndex: ReadonlyMap<string, number>
  readonly #actionIndex: ReadonlyMap<string, number>
  /** Allowed pairs, flat: resource, action, resource, ... */
  readonly pairs: Int32Array
  readonly #labels = new Map<number, ActionLabel>()

  private constructor(readonly data: LinkedCoderData) {
    this.#resourceIndex = new Map(data.resources.map((resource, index) => [resourceKey(resource), index]))
    this.#actionIndex = new Map(data.actions.map((action, index) => [actionKey(action), index]))
    this.pairs = allowedPairs(data)
  }

  /** Fits a coder on training labels alone. */
  static fit(labels: Iterable<ActionLabel | null>): LinkedCoder {
    const resources = new Map<string, ResourceName>()
    const actions = new Map<string, ActionName>()
    const met = new Map<string, readonly [string, string]>()
    for (const label of labels) {
      if (label === null) continue
      const { group, resource, subresource, verb, namespaced, single } = label
      const [r, a] = [resourceKey(label), actionKey(label)]
      if (!resources.has(r)) resources.set(r, { group, resource, subresource })
      if (!actions.has(a)) actions.set(a, { verb, namespaced, single })
      met.set(`${r}\n${a}`, [r, a])
    }
    const sorted = <T>(map: ReadonlyMap<string, T>): T[] => [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value)
    const plain = { resources: sorted(resources), actions: sorted(actions), further: [] }
    const base = new LinkedCoder(plain)
    const further = [...met.values()].map(([r, a]): [number, number] => [base.#resourceIndex.get(r) ?? 0, base.#actionIndex.get(a) ?? 0])
      .filter(([r, a]) => !tableAllows(plain.resources[r] as ResourceName, plain.actions[a] as ActionName))
    return new LinkedCoder({ ...plain, further: further.sort(([a, b], [c, d]) => a - c || b - d) })
  }

  /** A coder from a model folder; throws 'bad-model' where names repeat or pairs point nowhere. */
  static from(data: LinkedCoderData): LinkedCoder {
    const coder = new LinkedCoder(data)
    const sound = coder.#resourceIndex.size === data.resources.length && coder.#actionIndex.size === data.actions.length
      && data.further.every(([r, a]) => r < data.resources.length && a < data.actions.length)
    if (!sound) throw new AuditweaveError('bad-model', 'The labels of the model repeat themselves or point nowhere: take the model folder again from where it was made.')
    return coder
  }

  get resources(): number { return this.data.resources.length }
  get actions(): number { return this.data.actions.length }

  /** Class indexes of resource and action, -1 where training has not met them. */
  encode(label: ActionLabel): [resource: number, action: number] {
    return [this.#resourceIndex.get(resourceKey(label)) ?? -1, this.#actionIndex.get(actionKey(label)) ?? -1]
  }

  /** The label of an allowed pair. */
  label(resource: number, action: number): ActionLabel {
    const key = resource * this.actions + action
    const known = this.#labels.get(key)
    if (known) return known
    const made = makeLabel({ ...(this.data.resources[resource] as ResourceName), ...(this.data.actions[action] as ActionName) })
    this.#labels.set(key, made)
    return made
  }
}

/** Resources outside the table are custom ones, which serve every verb. */
function tableAllows({ group, resource, subresource }: ResourceName, { verb, namespaced }: ActionName): boolean {
  const entry = findEntry(group, resource, subresource)
  if (!entry) return true
  return verbClassesOf(entry).includes(verb) && (entry.namespaced || !namespaced)
}

function allowedPairs({ resources, actions, further }: LinkedCoderData): Int32Array {
  const pairs: number[] = []
  resources.forEach((resource, r) => actions.forEach((action, a) => { if (tableAllows(resource, action)) pairs.push(r, a) }))
  for (const [r, a] of further) pairs.push(r, a)
  return Int32Array.from(pairs)
}
