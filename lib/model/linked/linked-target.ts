import { SLOTS } from '@/lib/contexts/candidates'
import type { ActionLabel } from '@/lib/labels/action-label'
import { classKey } from '../label-coder'
import type { LinkedCoder } from './linked-coder'
import { candidateLabel, candidateTrigger } from './linked-lines'
import type { TrainingTable } from './training-table'

/** The network's answers a line: whose action the label is, and resource and action by themselves where it is nobody's. */
export const LINKED_HEADS = ['source', 'resource', 'action'] as const

/**
 * Classes of the first head. Whose action the label is: the line's own, as it is an action itself or background; that of a slot's trigger; one like its
 * own, of a trigger that no slot holds; or another.
 */
export const OWN = 0
export const slotClass = (slot: number): number => slot + 1
export const ALIKE = SLOTS.length + 1
export const ELSEWHERE = SLOTS.length + 2
export const SOURCES = SLOTS.length + 3

/** What the truth says of a request. */
export interface RequestTruth {
  readonly role: 'trigger' | 'consequence' | 'background' | 'nonresource' | null
  readonly context: string | null
  readonly label: ActionLabel | null
}
export type TruthById = ReadonlyMap<string, RequestTruth>

/** What a line's label should be: its context's, or its own action where it is background; null where nobody knows. */
export function wantedLabel(table: TrainingTable, line: number, truth: TruthById): ActionLabel | null {
  const facts = table.events[table.eventOf[line] ?? -1]
  const known = facts && truth.get(facts.auditID)
  return known ? known.label ?? facts.label : null
}

/**
 * Class indexes [lines * 3] of what the network should answer, -1 where nobody knows. A consequence points at the first slot whose trigger is in
 * its context, else at the first whose trigger did the same.
 */
export function linkedTargets(table: TrainingTable, truth: TruthById, coder: LinkedCoder): Int32Array {
  const lines = table.eventOf.length
  const targets = new Int32Array(lines * LINKED_HEADS.length).fill(-1)
  for (let line = 0; line < lines; line++) {
    const label = wantedLabel(table, line, truth)
    if (label === null) continue
    const [resource, action] = coder.encode(label)
    targets.set([sourceOf(table, line, truth, label), resource, action], line * LINKED_HEADS.length)
  }
  return targets
}

function sourceOf(table: TrainingTable, line: number, truth: TruthById, label: ActionLabel): number {
  const facts = table.events[table.eventOf[line] ?? -1]
  const known = facts && truth.get(facts.auditID)
  if (!facts || known?.role !== 'consequence') return OWN
  const contextOf = (slot: number): string | null => {
    const trigger = candidateTrigger(table, line, slot)
    return trigger ? truth.get(trigger.auditID)?.context ?? null : null
  }
  const same = SLOTS.findIndex((_, slot) => known.context !== null && contextOf(slot) === known.context)
  if (same >= 0) return slotClass(same)
  const key = classKey(label)
  const alike = SLOTS.findIndex((_, slot) => classKey(candidateLabel(table, line, slot)) === key)
  if (alike >= 0) return slotClass(alike)
  return classKey(facts.label) === key ? ALIKE : ELSEWHERE
}
