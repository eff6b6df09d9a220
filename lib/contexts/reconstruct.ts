import { contextId } from '@/lib/contexts/context-id'
import type { EventFacts } from '@/lib/contexts/facts'
import { linkEvents, type Linked } from '@/lib/contexts/link-events'
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

/** One fact for each auditID, in the order of `sorted`. */
export function mergeStages(sorted: readonly EventFacts[]): EventFacts[] {
  const place = new Map<string, number>()
  const merged: EventFacts[] = []
  for (const facts of sorted) {
    const at = place.get(facts.auditID)
    const known = at === undefined ? undefined : merged[at]
    if (at === undefined || known === undefined) place.set(facts.auditID, merged.push(facts) - 1)
    else if (stageRank(facts) >= stageRank(known)) merged[at] = facts
  }
  return merged
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
  const contexts = new Map<number, ContextRecord>()
  for (const [trigger, indexes] of members) {
    const head = events[trigger]
    if (!head) continue
    const facts = indexes.map((index) => events[index]).filter((fact) => fact !== undefined)
    contexts.set(trigger, {
      id: contextId(head.auditID), trigger: contextTrigger(head), label: head.label, events: facts.length,
      first: facts[0]?.received ?? null, last: facts[facts.length - 1]?.received ?? null, members: facts.map((fact) => fact.auditID),
    })
  }
  return contexts
}

interface Decision {
  readonly role: Role
  readonly context: ContextRecord | null
  readonly links: readonly Link[]
}

function decide(events: readonly EventFacts[], linked: Linked, contexts: ReadonlyMap<number, ContextRecord>): Map<string, Decision> {
  const decisions = new Map<string, Decision>()
  events.forEach((facts, index) => {
    const trigger = linked.contextOf[index] ?? -1
    const role: Role = !facts.api ? 'nonresource' : trigger === index ? 'trigger' : trigger >= 0 ? 'consequence' : 'background'
    decisions.set(facts.auditID, { role, context: contexts.get(trigger) ?? null, links: linked.links[index] ?? [] })
  })
  return decisions
}

function recordOf(facts: EventFacts, decision: Decision): ReconstructedRecord {
  const { role, context, links } = decision
  const confidence = context === null ? null : role === 'trigger' ? 1 : links[0]?.score ?? null
  return {
    auditID: facts.auditID, stage: facts.stage, requestReceivedTimestamp: facts.received, role,
    label: context?.label ?? null, confidence, context: context?.id ?? null, links,
  }
}

/**
 * Reconstructs contexts from facts in any order: a record for every stage, in order of time received, and the contexts
 * in order of their triggers. The decision is one per auditID.
 */
export function reconstruct(facts: readonly EventFacts[]): Reconstruction {
  const sorted = [...facts].sort(compareFacts)
  const events = mergeStages(sorted)
  const linked = linkEvents(events)
  const contexts = contextRecords(events, linked.contextOf)
  const decisions = decide(events, linked, contexts)
  const records: ReconstructedRecord[] = []
  for (const fact of sorted) {
    const decision = decisions.get(fact.auditID)
    if (decision) records.push(recordOf(fact, decision))
  }
  return { records, contexts: [...contexts].sort(([a], [b]) => a - b).map(([, context]) => context) }
}
