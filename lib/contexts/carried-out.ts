import { isEffective, isRemoval, registerAt } from '@/lib/contexts/effects'
import type { LinkerState, Seed } from '@/lib/contexts/linker-state'
import type { Evidence } from '@/lib/contexts/rules/rule'

/** Rules by which a component changes an object on behalf of a trigger that is nowhere on that object's own chain. */
const ON_BEHALF = new Set(['pods-of-node', 'aggregated-role'])

/**
 * What an autoscaler sets on its target, and the pods that a tainted node loses, have consequences of their own: from here on they are
 * found on the object that was changed. Called once the event's trigger stands.
 */
export function carryOut(state: LinkerState, event: number, own: readonly Seed[], winner: Evidence): void {
  const facts = state.fact(event)
  if (!ON_BEHALF.has(winner.rule) || !isEffective(facts)) return
  registerAt(state, own, winner.trigger, isRemoval(facts))
}
