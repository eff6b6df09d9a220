import { contextId } from '@/lib/contexts/context-id'
import { groupCommands } from '@/lib/contexts/command/group-commands'
import type { EventFacts } from '@/lib/contexts/facts'
import { linkEvents, type Linked } from '@/lib/contexts/link-events'
import type { ActionLabel } from '@/lib/labels/action-label'
import type { ContextRecord, ContextTrigger, Link, ReconstructedRecord, Reconstruction, Role } from '@/lib/contexts/types'

/** How much of a request a stage tells; the fullest stands for the auditID. */
const STAGE_RANK: Readonly<Record<string, number>> = { ResponseComplete: 3, Panic: 2, ResponseStarted: 1, RequestReceived: 0 }

function stageRank(facts: EventFacts): number {
  return STAGE_RANK[facts.stage ?? ''] ?? 0
}

/** Order of time received; equal times go by auditID and stage, so that the order of the input plays no part. */
export function compareFacts(a: EventFacts, b: EventFacts): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1
  if (a.auditID !== b.auditID) return a.auditID < b.auditID ? -1 : 1
  return stageRank(a) - stageRank(b)
}

/** Of facts in order of time, the places of those that speak for their request: its fullest stage, one for each auditID, in order of first appearance. */
export function fullestStages(sorted: readonly EventFacts[]): number[] {
  const place = new Map<string, number>()
  const fullest: number[] = []
  sorted.forEach((facts, index) => {
    const at = place.get(facts.auditID)
    const known = at === undefined ? undefined : sorted[fullest[at] ?? -1]
    if (at === undefined || known === undefined) place.set(facts.auditID, fullest.push(index) - 1)
    else if (stageRank(facts) >= stageRank(known)) fullest[at] = index
  })
  return fullest
}

/** One fact for each auditID, in the order of `sorted`. */
export function mergeStages(sorted: readonly EventFacts[]): EventFacts[] {
  return fullestStages(sorted).map((index) => sorted[index]).filter((facts) => facts !== undefined)
}

/** The trigger of a context as records and queries show it. */
export function contextTrigger(facts: EventFacts): ContextTrigger {
  const { auditID, received, user, verb, group, resource, subresource, namespace, name } = facts
  const objectRef = resource === '' ? null : { group, resource, subresource: subresource || null, namespace: namespace || null, name }
  return { auditID, requestReceivedTimestamp: received, user: user || null, verb: verb || null, objectRef }
}

/** Context records over events given with the index of their trigger. */
export function contextRecords(events: readonly EventFacts[], contextOf: Int32Array): Map<number, ContextRecord> {
  const members = new Map<number, number[]>()
  contextOf.forEach((trigger, index) => {
    if (trigger < 0) return
    const list = members.get(trigger)
    if (list) list.push(index)
    else members.set(trigger, [index])
  })
  const commands = groupCommands(events)
  const contexts = new Map<number, ContextRecord>()
  for (const [trigger, indexes] of members) {
    const head = events[trigger]
    if (!head) continue
    const facts = indexes.map((index) => events[index]).filter((fact) => fact !== undefined)
    contexts.set(trigger, {
      id: contextId(head.auditID), trigger: contextTrigger(head), label: head.label, events: facts.length,
      first: facts[0]?.received ?? null, last: facts[facts.length - 1]?.received ?? null, command: commands.get(trigger) ?? null, members: facts.map((fact) => fact.auditID),
    })
  }
  return contexts
}

/** What a model adds to what links say of a request. */
export interface Amendment {
  /** A label where no context gives one. */
  readonly label?: ActionLabel
  /** 0..1 that the label is right. */
  readonly confidence: number
}

interface Decision {
  readonly role: Role
  readonly context: ContextRecord | null
  readonly links: readonly Link[]
  readonly amendment: Amendment | undefined
}

/** Says of the request at an index what it is, given all that was found. */
function decider(events: readonly EventFacts[], linked: Linked, contexts: ReadonlyMap<number, ContextRecord>, amended: ReadonlyMap<number, Amendment>): (index: number) => Decision | null {
  return (index) => {
    const facts = events[index]
    if (!facts) return null
    const trigger = linked.contextOf[index] ?? -1
    const amendment = amended.get(index)
    const follows = trigger >= 0 || amendment?.label !== undefined
    const role: Role = !facts.api ? 'nonresource' : trigger === index ? 'trigger' : follows ? 'consequence' : 'background'
    return { role, context: contexts.get(trigger) ?? null, links: linked.links[index] ?? [], amendment }
  }
}

/** Index among `events` by auditID; null where every line is a request of its own, in the same order. */
function placesOf(sorted: readonly EventFacts[], events: readonly EventFacts[]): ReadonlyMap<string, number> | null {
  if (sorted.length === events.length) return null
  const places = new Map<string, number>()
  events.forEach(({ auditID }, index) => places.set(auditID, index))
  return places
}

function confidenceOf({ role, context, links, amendment }: Decision): number | null {
  if (amendment) return amendment.confidence
  if (context === null) return null
  return role === 'trigger' ? 1 : links[0]?.score ?? null
}

function recordOf(facts: EventFacts, decision: Decision): ReconstructedRecord {
  const { role, context, links, amendment } = decision
  return {
    auditID: facts.auditID, stage: facts.stage, requestReceivedTimestamp: facts.received, role,
    label: context?.label ?? amendment?.label ?? null, confidence: confidenceOf(decision), context: context?.id ?? null, links,
  }
}

/**
 * Records and contexts of requests whose triggers are known. `sorted` is a fact for each stage and `events` one for each auditID, both in order of
 * time received; `amended` is by index in `events`.
 */
export function assemble(sorted: readonly EventFacts[], events: readonly EventFacts[], linked: Linked, amended: ReadonlyMap<number, Amendment> = new Map()): Reconstruction {
  const contexts = contextRecords(events, linked.contextOf)
  const decide = decider(events, linked, contexts, amended)
  const places = placesOf(sorted, events)
  const records: ReconstructedRecord[] = []
  sorted.forEach((fact, line) => {
    const decision = decide(places === null ? line : places.get(fact.auditID) ?? -1)
    if (decision) records.push(recordOf(fact, decision))
  })
  return { records, contexts: [...contexts].sort(([a], [b]) => a - b).map(([, context]) => context) }
}

/**
 * Reconstructs contexts from facts in any order: a record for every stage, in order of time received, and the contexts
 * in order of their triggers. The decision is one per auditID.
 */
export function reconstruct(facts: readonly EventFacts[]): Reconstruction {
  const sorted = [...facts].sort(compareFacts)
  const events = mergeStages(sorted)
  return assemble(sorted, events, linkEvents(events))
}
