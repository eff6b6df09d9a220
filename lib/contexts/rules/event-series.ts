import { latestTrigger } from '@/lib/contexts/search'
import type { Evidence, Rule, View } from '@/lib/contexts/rules/rule'
import { namedBy } from '@/lib/contexts/rules/named-by'

function series(view: View): Evidence | null {
  const found = latestTrigger(view.state, view.own, view.index)
  return found ? { trigger: found.trigger, rule: 'event-series', node: found.node, score: 0.9 } : null
}

function byName({ state, facts, index }: View): Evidence | null {
  const name = facts.name
  const dot = name?.lastIndexOf('.') ?? -1
  if (name === null || dot <= 0) return null
  const seeds = namedBy(state, facts, name.slice(0, dot))
  const found = latestTrigger(state, seeds, index)
  return found ? { trigger: found.trigger, rule: 'event-name', node: found.node, score: 0.95 } : null
}

/** An Event whose body is missing or partial: recorders name it `object.time`, and later patches repeat that name. */
export const eventSeries: Rule = {
  id: 'event-series',
  because: 'a recorder names an Event after its object and patches it when it happens again',
  mode: 'fallback',
  applies: ({ facts }) => facts.resource === 'events',
  propose: (view) => byName(view) ?? series(view),
}
