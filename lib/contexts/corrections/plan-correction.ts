import { AuditweaveError } from '@/lib/audit/errors'
import { contextId } from '@/lib/contexts/context-id'
import { visibleText } from '@/lib/contexts/visible-text'
import type { Partition } from './partition'
import type { CorrectionAct, CorrectionPlan, Placement, PlacementChange } from './types'

/**
 * What an act comes to in the state of `partition`, which is left as it is. Every context that is left holds its trigger.
 * @throws AuditweaveError 'bad-correction' where it changes nothing or would leave a context without its trigger, 'unknown-context', 'unknown-request'
 */
export function planCorrection(partition: Partition, act: CorrectionAct): CorrectionPlan {
  switch (act.kind) {
    case 'move': return finished(partition, placeAll(partition, act.requests, consequenceOf(partition, act.to)), act.requests, { also: [act.to] })
    case 'split': return planSplit(partition, act.requests, act.trigger)
    case 'merge': return planMerge(partition, act.contexts, act.into)
    case 'background': return finished(partition, placeAll(partition, act.requests, { context: null, role: 'background' }), act.requests, {})
    case 'confirm': return planConfirm(partition, act.contexts)
  }
}

/** Whether undoing one of two acts would disturb what the other did. */
export function entangled(one: CorrectionPlan, other: CorrectionPlan): boolean {
  const contexts = new Set(one.touched)
  const requests = new Set(one.requests)
  return other.touched.some((id) => contexts.has(id)) || other.requests.some((auditID) => requests.has(auditID))
}

function planSplit(partition: Partition, requests: readonly string[], trigger: string): CorrectionPlan {
  if (!requests.includes(trigger)) throw refused(`The trigger ${short(trigger)} is not among the requests of the new context. Choose one of them.`)
  const id = contextId(trigger)
  if (partition.triggerOf(id) !== undefined) throw refused(`${short(trigger)} begins the context ${id} already. Choose another trigger, or move the requests there.`)
  const changes = placeAll(partition, requests, { context: id, role: 'consequence' }).map((change): PlacementChange => (change.auditID === trigger ? { ...change, to: { context: id, role: 'trigger' } } : change))
  return finished(partition, changes, requests, { made: { id, trigger } })
}

function planMerge(partition: Partition, contexts: readonly string[], into: string): CorrectionPlan {
  const to = consequenceOf(partition, into)
  const others = [...new Set(contexts)].filter((id) => id !== into)
  if (!contexts.includes(into)) throw refused(`The context ${short(into)} to merge into is not among those to merge.`)
  if (others.length === 0) throw refused('One context alone cannot be merged. Choose two or more.')
  for (const id of others) requireContext(partition, id)
  const requests = others.flatMap((id) => [...partition.membersOf(id)])
  return finished(partition, placeAll(partition, requests, to), requests, { also: [into, ...others] })
}

function planConfirm(partition: Partition, contexts: readonly string[]): CorrectionPlan {
  if (contexts.length === 0) throw refused('No context was named to confirm.')
  for (const id of contexts) requireContext(partition, id)
  return { changes: [], requests: [], touched: [...new Set(contexts)].sort(), made: null, gone: [] }
}

function consequenceOf(partition: Partition, context: string): Placement {
  requireContext(partition, context)
  return { context, role: 'consequence' }
}

/** Requests that are there already stay out of it. */
function placeAll(partition: Partition, requests: readonly string[], to: Placement): PlacementChange[] {
  const changes: PlacementChange[] = []
  for (const auditID of new Set(requests)) {
    const from = partition.placement(auditID)
    if (from === undefined) throw new AuditweaveError('unknown-request', `There is no request ${short(auditID)} in this reconstruction. Look at the context again.`)
    if (from.role === 'nonresource') throw refused(`${short(auditID)} names no API object, so that it belongs to no context.`)
    if (from.context === to.context && (to.context !== null || from.role === to.role)) continue
    changes.push({ auditID, from, to })
  }
  if (changes.length === 0) throw refused('All of these requests are there already: nothing would change.')
  return changes
}

function finished(partition: Partition, changes: readonly PlacementChange[], requests: readonly string[], { also = [], made = null }: { also?: readonly string[]; made?: CorrectionPlan['made'] }): CorrectionPlan {
  const leaving = new Map<string, Set<string>>()
  for (const { auditID, from } of changes) {
    if (from.context === null) continue
    const set = leaving.get(from.context) ?? new Set()
    leaving.set(from.context, set.add(auditID))
  }
  const gone: { id: string; trigger: string }[] = []
  for (const [id, those] of leaving) {
    const trigger = requireContext(partition, id)
    const left = partition.membersOf(id).size - those.size
    if (left === 0) gone.push({ id, trigger })
    else if (those.has(trigger)) throw refused(`${short(trigger)} is the trigger of ${id}, where ${left === 1 ? 'one more request stays' : `${left.toLocaleString('en')} more requests stay`}. Take those too, split them off first, or merge the contexts.`)
  }
  const touched = new Set([...leaving.keys(), ...also, ...(made ? [made.id] : [])])
  return { changes, requests: [...new Set(requests)], touched: [...touched].sort(), made, gone: gone.sort((a, b) => (a.id < b.id ? -1 : 1)) }
}

function requireContext(partition: Partition, id: string): string {
  const trigger = partition.triggerOf(id)
  if (trigger === undefined) throw new AuditweaveError('unknown-context', `There is no context ${short(id)} in this reconstruction; it may have been merged into another.`)
  return trigger
}

function refused(message: string): AuditweaveError {
  return new AuditweaveError('bad-correction', message)
}

function short(text: string): string {
  return visibleText(text.slice(0, 80))
}
