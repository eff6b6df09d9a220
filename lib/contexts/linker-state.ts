import type { EventFacts } from '@/lib/contexts/facts'
import { ObjectGraph } from '@/lib/contexts/object-graph'
import type { Reference } from '@/lib/contexts/reference'

/** What a rule starts from: an object, and how the event came to speak of it. */
export interface Seed {
  readonly node: number
  readonly relation: string
  /** This incarnation alone: not what else went, or goes, by its name. */
  readonly exact?: boolean
  /** Edges between the event's own object and this one, 0 unless told: the owner of an object that has no name yet stands one edge away. */
  readonly depth?: number
}

/** Trigger events by object, kept in order of time; nearly all are added in that order. */
export class TriggerLog {
  private readonly lists = new Map<number, number[]>()

  add(node: number, event: number): void {
    const list = this.lists.get(node)
    if (!list) {
      this.lists.set(node, [event])
      return
    }
    let place = list.length
    while (place > 0 && (list[place - 1] ?? -1) > event) place--
    if (list[place - 1] !== event) list.splice(place, 0, event)
  }

  /** Latest trigger at or before `limit` (an event index), -1 if none. */
  latest(node: number, limit: number): number {
    const list = this.lists.get(node)
    if (!list) return -1
    for (let i = list.length - 1; i >= 0; i--) {
      const event = list[i] ?? -1
      if (event <= limit) return event
    }
    return -1
  }
}

/** Lists that only ever answer for what is recent are cut to this length. */
const KEPT = 256

/** Appends to a list of a map, dropping the oldest beyond what is kept. */
export function pushRecent<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (!list) lists.set(key, [value])
  else {
    list.push(value)
    if (list.length > 2 * KEPT) list.splice(0, KEPT)
  }
}

/** How many triggers on one application count as recent; measured on labelled captures, where 2 or 6 do clearly worse. */
const RECENT = 4

interface Flight {
  readonly event: number
  readonly until: number
}

/** All that linking remembers while it walks the events in order of time. */
export class LinkerState {
  readonly graph = new ObjectGraph()
  /** Effective triggers on an object itself. */
  readonly direct = new TriggerLog()
  /** Effective triggers on something that the object controls: a deleted pod makes its ReplicaSet act. */
  readonly below = new TriggerLog()
  /** Context of each event: the index of its trigger, -1 for none. */
  readonly contextOf: Int32Array
  readonly deletedNamespaces = new Map<string, number>()
  readonly createdNamespaces = new Map<string, number>()
  /** Collections deleted without a list of what went (Metadata level), by family. */
  readonly sweeps = new Map<string, number>()
  /** Requests under way by namespace, in order of arrival. */
  readonly flights = new Map<string, Flight[]>()
  /** Pods by node and namespace, in the order they were bound. */
  readonly placed = new Map<string, number[]>()
  /** Pods lately bound, by namespace. */
  readonly bound = new Map<string, number[]>()
  /** Claims that were made and have no volume yet, as far as the log tells. */
  readonly openClaims: number[] = []
  /** Objects of custom kinds by `namespace name`. */
  readonly customs = new Map<string, number>()
  /** CustomResourceDefinitions by the group that they serve. */
  readonly definitions = new Map<string, number>()
  /** Last event with a context by namespace and user, and by namespace and resource. */
  readonly lastBy = new Map<string, number>()
  /** Release that an object says it is part of, by its name node. */
  readonly instances = new Map<number, string>()
  /** Pods that their kubelet has taken off the API: nothing is fetched for them any more. */
  readonly gonePods = new Set<number>()
  /** Namespaces in which pods are made whose bodies the log does not hold. */
  readonly blindNamespaces = new Set<string>()
  /** What an Event said it was about, by its name node; nodes are left out, they have rules of their own. */
  readonly reports = new Map<number, readonly Seed[]>()
  /** Cluster roles that were met, with their labels where a body told them. */
  readonly roleLabels = new Map<number, readonly string[] | null>()
  /** Last resourceVersion of an object that a write was answered with, by its uid node where it has one. */
  readonly versions = new Map<number, string>()
  readonly nodeOfPod = new Map<number, string>()
  /** References of a pod as `resource name`. */
  readonly usedByPod = new Map<number, ReadonlySet<string>>()
  readonly podLabels = new Map<number, readonly string[]>()
  /** Pods by namespace and one label, latest last. */
  readonly podsByLabel = new Map<string, number[]>()
  readonly selectors = new Map<number, readonly string[]>()
  /** Autoscalers by the object that they scale. */
  readonly scalers = new Map<number, Set<number>>()
  /** Last event index that wrote or made an object, by context: where evidence points. */
  private readonly recent = new Map<string, number[]>()
  private readonly touched = new Map<number, number>()

  constructor(readonly events: readonly EventFacts[]) {
    this.contextOf = new Int32Array(events.length).fill(-1)
  }

  fact(index: number): EventFacts {
    const fact = this.events[index]
    if (!fact) throw new RangeError(`no event ${index}`)
    return fact
  }

  /** Microseconds from one event to a later one. */
  elapsed(from: number, to: number): number {
    return this.fact(to).at - this.fact(from).at
  }

  nodeOf(reference: Reference): number {
    const { group, resource, namespace, name, uid } = reference
    const byUid = uid === null ? -1 : this.graph.ofUid(uid)
    if (name === null) return byUid
    const byName = this.graph.ofName(group, resource, namespace, name)
    if (byUid >= 0 && this.graph.uidOf(byName) < 0) this.graph.identify(byName, byUid)
    return byUid >= 0 ? byUid : byName
  }

  /** Name and uid nodes of what a reference names. */
  seeds(reference: Reference): Seed[] {
    const { group, resource, namespace, name, uid, relation } = reference
    const found: Seed[] = []
    if (name !== null) found.push({ node: this.graph.ofName(group, resource, namespace, name), relation })
    if (uid !== null) found.push({ node: this.graph.ofUid(uid), relation })
    return found
  }

  /** The last few effective triggers on an application, latest last. */
  recentOn(application: string): readonly number[] {
    return this.recent.get(application) ?? []
  }

  noteRecent(application: string, event: number): void {
    const list = this.recent.get(application) ?? []
    if (list[list.length - 1] === event) return
    list.push(event)
    if (list.length > RECENT) list.shift()
    this.recent.set(application, list)
  }

  touch(node: number, event: number): void {
    this.touched.set(node, event)
  }

  lastTouch(node: number): number {
    return this.touched.get(node) ?? -1
  }
}
