import type { Seed } from '@/lib/contexts/linker-state'
import { latestTrigger } from '@/lib/contexts/search'
import type { Evidence, Rule, View } from '@/lib/contexts/rules/rule'

function about(view: View, relation: 'involved' | 'related'): Evidence | null {
  const seeds: Seed[] = []
  for (const reference of view.facts.references) {
    if (reference.relation === relation && reference.resource !== 'nodes') seeds.push(...view.state.seeds(reference))
  }
  const found = latestTrigger(view.state, seeds, view.index)
  return found ? { trigger: found.trigger, rule: 'involved-object', node: found.node, score: 0.98 } : null
}

/** An Event tells of the object in involvedObject (core/v1) or regarding (events.k8s.io). */
export const involvedObject: Rule = {
  id: 'involved-object',
  because: 'components report on the object they work on',
  mode: 'rival',
  applies: ({ facts }) => facts.resource === 'events',
  propose: (view) => about(view, 'involved') ?? about(view, 'related'),
}
