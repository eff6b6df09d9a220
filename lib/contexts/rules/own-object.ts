import { latestTrigger } from '@/lib/contexts/search'
import type { Reference } from '@/lib/contexts/reference'
import type { Rule } from '@/lib/contexts/rules/rule'

const SCORES: Readonly<Record<string, number>> = {
  own: 0.99, owner: 0.99, claim: 0.9, service: 0.97, backend: 0.95, template: 0.95, parent: 0.97, establishes: 0.95, account: 0.95, volume: 0.95, 'generated-name': 0.95,
}

function isOwner({ relation }: Reference): boolean {
  return relation === 'owner'
}

/** The object of the request, and what explains it: owners, the claim of a volume, the service of endpoints, the set of a claim. */
export const ownObject: Rule = {
  id: 'own-object',
  because: 'a controller acts on an object because someone changed it, or changed what owns or uses it',
  mode: 'rival',
  applies: ({ facts, own }) => (own.length > 0 || facts.references.some(isOwner)) && facts.resource !== 'events' && facts.resource !== 'nodes',
  propose: ({ state, facts, own, index }) => {
    // a create that is logged without its answer has no name yet, but may have an owner
    const seeds = own.length > 0 ? own : facts.references.filter(isOwner).flatMap((reference) => state.seeds(reference).map((seed) => ({ ...seed, depth: 1 })))
    const found = latestTrigger(state, seeds, index)
    if (!found) return null
    const rule = found.relation === 'own' ? 'own-object' : found.relation
    return { trigger: found.trigger, rule, node: found.node, score: SCORES[found.relation] ?? 0.9 }
  },
}
