import type { Seed } from '@/lib/contexts/linker-state'
import type { Evidence, Rule, View } from '@/lib/contexts/rules/rule'
import { latestTrigger } from '@/lib/contexts/search'

/** Nodes are written all the time; only what follows a change at once is its consequence. */
const SOON_MICROS = 6_000_000

function nodeSeeds({ facts, own, state }: View): readonly Seed[] {
  if (facts.resource === 'nodes') return own
  const named = facts.references.filter(({ relation }) => relation === 'involved')
  if (named.length > 0) return named.filter(({ resource }) => resource === 'nodes').flatMap((reference) => state.seeds({ ...reference, namespace: '' }))
  // an Event without a body is named `object.time`
  const node = state.graph.findName('', 'nodes', '', facts.name?.replace(/\.[^.]*$/, '') ?? '')
  return node >= 0 ? [{ node, relation: 'own' }] : []
}

/** Controllers that taint, label and report on a node that someone created or changed. */
export const nodeLifecycle: Rule = {
  id: 'node-lifecycle',
  because: 'node controllers answer a change of a node within seconds; heartbeats go on regardless',
  mode: 'rival',
  applies: ({ facts }) => (facts.resource === 'nodes' || facts.resource === 'events') && facts.controller !== null,
  propose: (view): Evidence | null => {
    const seeds = nodeSeeds(view)
    const found = latestTrigger(view.state, seeds, view.index)
    if (!found || view.state.elapsed(found.trigger, view.index) > SOON_MICROS) return null
    return { trigger: found.trigger, rule: 'node-lifecycle', node: found.node, score: 0.95 }
  },
}
