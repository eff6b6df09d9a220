import type { Relation } from '@/lib/contexts/reference'
import type { ServedKind } from '@/lib/contexts/served-kind'

export interface Edge {
  readonly to: number
  readonly relation: Relation
}

interface ObjectNode {
  /** `deployments shop/web`, or the uid for an object known by uid alone. */
  readonly text: string
  /** `shop/web` for an object known by name, whatever its kind. */
  readonly place: string | null
  /** `apps/deployments shop`: group, resource and namespace. */
  readonly family: string | null
  /** uid node of a name, as last seen: names are reused, uids are not. */
  uid: number
  /** Name node of a uid. */
  name: number
  parents: Edge[] | null
  /** Index of the event that created it, -1 if before the log. */
  birth: number
  /** Index of the first event about it, -1 while it was only spoken of. */
  firstMet: number
  /** Its body was logged at least once: what it does not refer to, it has not. */
  known: boolean
}

const MOST_PARENTS = 128
const MOST_KINDS = 10_000
const KEY_BREAK = '\u0000'

/**
 * Objects by name and by uid, and what explains them: an edge runs from an object to the one that something
 * happening to it may come from (its owner, the claim of a volume, the service of an endpoint slice).
 */
export class ObjectGraph {
  private readonly nodes: ObjectNode[] = []
  private readonly byName = new Map<string, number>()
  private readonly served = new Map<string, { readonly resource: string; readonly clusterScoped: boolean }>()
  private readonly byUid = new Map<string, number>()

  get size(): number {
    return this.nodes.length
  }

  /** Takes in how a custom kind is really called, for references that could only guess. */
  serve({ group, guess, resource, clusterScoped }: ServedKind): void {
    const key = `${group}/${guess}`
    if (!this.served.has(key) && this.served.size < MOST_KINDS) this.served.set(key, { resource, clusterScoped })
  }

  private keyOf(group: string, resource: string, namespace: string, name: string): string {
    const served = group === '' ? undefined : this.served.get(`${group}/${resource}`)
    return served ? nameKey(group, served.resource, served.clusterScoped ? '' : namespace, name) : nameKey(group, resource, namespace, name)
  }

  findName(group: string, resource: string, namespace: string, name: string): number {
    return this.byName.get(this.keyOf(group, resource, namespace, name)) ?? -1
  }

  ofName(group: string, resource: string, namespace: string, name: string): number {
    const key = this.keyOf(group, resource, namespace, name)
    const known = this.byName.get(key)
    if (known !== undefined) return known
    const place = `${namespace === '' ? '' : `${namespace}/`}${name}`
    const node = this.add(`${resource} ${place}`, place, familyKey(group, resource, namespace))
    this.byName.set(key, node)
    return node
  }

  ofUid(uid: string): number {
    const known = this.byUid.get(uid)
    if (known !== undefined) return known
    const node = this.add(uid, null, null)
    this.byUid.set(uid, node)
    return node
  }

  private add(text: string, place: string | null, family: string | null): number {
    return this.nodes.push({ text, place, family, uid: -1, name: -1, parents: null, birth: -1, firstMet: -1, known: false }) - 1
  }

  private at(node: number): ObjectNode {
    const found = this.nodes[node]
    if (!found) throw new RangeError(`no object ${node} in the graph`)
    return found
  }

  /** The object now behind a name. */
  identify(name: number, uid: number): void {
    this.at(name).uid = uid
    this.at(uid).name = name
  }

  uidOf(name: number): number {
    return this.at(name).uid
  }

  /** The name that a uid is known by, unless the name has passed to another object since. */
  nameOf(uid: number): number {
    const { name } = this.at(uid)
    return name >= 0 && this.at(name).uid === uid ? name : -1
  }

  connect(from: number, to: number, relation: Relation): void {
    if (from === to) return
    const node = this.at(from)
    node.parents ??= []
    if (node.parents.some((edge) => edge.to === to)) return
    node.parents.push({ to, relation })
    // a service's endpoints or a much used claim: what was added long ago explains nothing now
    if (node.parents.length > MOST_PARENTS) node.parents.splice(1, 1)
  }

  parents(node: number): readonly Edge[] | null {
    return this.at(node).parents
  }

  know(node: number): void {
    this.at(node).known = true
  }

  isKnown(node: number): boolean {
    return this.at(node).known
  }

  born(node: number, event: number): void {
    this.at(node).birth = event
  }

  birth(node: number): number {
    return this.at(node).birth
  }

  meet(node: number, event: number): void {
    const object = this.at(node)
    if (object.firstMet < 0) object.firstMet = event
  }

  firstMet(node: number): number {
    return this.at(node).firstMet
  }

  /** `namespace/name` of a node known by name. */
  placeOf(node: number): string | null {
    return this.at(node).place
  }

  /** `group/resource namespace` of a node known by name. */
  familyOf(node: number): string | null {
    return this.at(node).family
  }

  /** Readable form; a uid shows the name it belongs to where that is known. */
  describe(node: number): string {
    const { text, name } = this.at(node)
    return name >= 0 ? this.at(name).text : text
  }
}

/** What the objects of one resource in one namespace share. */
export function familyKey(group: string, resource: string, namespace: string): string {
  return `${group}/${resource} ${namespace}`
}

function nameKey(group: string, resource: string, namespace: string, name: string): string {
  return group + KEY_BREAK + resource + KEY_BREAK + namespace + KEY_BREAK + name
}
