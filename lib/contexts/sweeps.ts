import type { LinkerState, Seed } from '@/lib/contexts/linker-state'
import { closure } from '@/lib/contexts/search'

/** Controllers that look at an object only once it is being deleted. */
const COLLECTORS = new Set(['generic-garbage-collector', 'pv-protection-controller', 'pvc-protection-controller'])

const SWEPT_WITHIN_MICROS = 60_000_000

/**
 * A deletecollection whose answer was not logged tells nothing of what it deleted; the garbage collector and later deletes do.
 * Called for events of the control plane before the rules are asked.
 */
export function confirmSweep(state: LinkerState, event: number, own: readonly Seed[]): void {
  const facts = state.fact(event)
  if (state.sweeps.size === 0 || own.length === 0) return
  const tells = facts.verb === 'delete' || COLLECTORS.has(facts.controller ?? '')
  if (!tells) return
  for (const { node } of closure(state, own)) {
    const family = state.graph.familyOf(node)
    const sweep = family === null ? undefined : state.sweeps.get(family)
    if (sweep === undefined || state.elapsed(sweep, event) > SWEPT_WITHIN_MICROS || state.graph.birth(node) > sweep) continue
    state.direct.add(node, sweep)
  }
}
