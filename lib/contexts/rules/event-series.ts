import { latestTrigger } from '@/lib/contexts/search'
import type { Evidence, Rule, View } from '@/lib/contexts/rules/rule'
import { namedBy } from '@/lib/contexts/rules/named-by'

/** By what the Event was about when it was first written: a patch of its series carries a count and a time, not the object. */
function asFirstTold({ state, own, index }: View): Evidence | null {
  const told = own.flatMap(({ node }) => state.reports.get(node) ?? [])
  const found = latestTrigger(state, told, index)
  return found ? { trigger: found.trigger, rule: 'event-series', node: found.node, score: 0.97 } : null
}

function byName({ state, facts, index }: View): Evidence | null {
  const name = facts.name
  const dot = name?.lastIndexOf('.') ?? -1
  if (name === null || dot <= 0) return null
  const seeds = namedBy(state, facts, name.slice(0, dot))
  const found = latestTrigger(state, seeds, index)
  return found ? { trigger: found.trigger, rule: 'event-name', node: found.node, score: 0.95 } : null
}

function onItself(view: View): Evidence | null {
  const found = latestTrigger(view.state, view.own, view.index)
  return found ? { trigger: found.trigger, rule: 'event-series', node: found.node, score: 0.9 } : null
}

/** An Event whose body is missing or partial: its series began with a full one, and recorders name it `object.time`. */
export const eventSeries: Rule = {
  id: 'event-series',
  because: 'a recorder names an Event after its object and patches it when it happens again',
  mode: 'fallback',
  applies: ({ facts }) => facts.resource === 'events',
  propose: (view) => asFirstTold(view) ?? byName(view) ?? onItself(view),
}
