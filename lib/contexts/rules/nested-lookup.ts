import { isMutating } from '@/lib/contexts/effects'
import type { EventFacts } from '@/lib/contexts/facts'
import { pushRecent, type LinkerState } from '@/lib/contexts/linker-state'
import { isApiServer } from '@/lib/contexts/actors'
import type { Rule } from '@/lib/contexts/rules/rule'

/** Clock grain between the nested request and the end of the outer one. */
const GRAIN_MICROS = 500
const SERVICES = ' services'
const LOOK_BACK = 60
/** What admission plugins and request handlers read on the way; the API server's own upkeep reads other things. */
const READ_BY_ADMISSION = new Set([
  'limitranges', 'resourcequotas', 'namespaces', 'serviceaccounts', 'poddisruptionbudgets', 'pods', 'secrets', 'configmaps', 'persistentvolumeclaims', 'services',
])

function placeOf(facts: EventFacts): string {
  return facts.namespace !== '' ? facts.namespace : facts.resource === 'namespaces' ? facts.name ?? '' : ''
}

/** Notes a request under way, for look-ups that the API server makes meanwhile. */
export function noteFlight(state: LinkerState, index: number): void {
  const facts = state.fact(index)
  if (!isMutating(facts) || isApiServer(facts.user) || facts.resource === 'leases' || facts.resource === 'events') return
  const flight = { event: index, until: facts.until }
  for (const place of facts.resource === 'services' ? [placeOf(facts), SERVICES] : [placeOf(facts)]) {
    pushRecent(state.flights, place, flight)
  }
}

/** The request under way at a place when `facts` was received, latest first, as the event that has a context. */
function underWay(state: LinkerState, place: string, facts: EventFacts): number {
  const flights = state.flights.get(place) ?? []
  for (let i = flights.length - 1; i >= Math.max(0, flights.length - LOOK_BACK); i--) {
    const flight = flights[i]
    if (flight && flight.until + GRAIN_MICROS >= facts.at && (state.contextOf[flight.event] ?? -1) >= 0) return flight.event
  }
  return -1
}

/** The API server's own admission reads namespaces, limits and quotas inside the request that it admits. */
export const nestedLookup: Rule = {
  id: 'nested-lookup',
  because: 'admission plugins of the API server read and count in the namespace of the request under way',
  mode: 'fallback',
  applies: ({ facts }) => isApiServer(facts.user) && READ_BY_ADMISSION.has(facts.resource) && (facts.verb === 'get' || facts.verb === 'list') && placeOf(facts) !== '',
  propose: ({ state, facts }) => {
    const event = underWay(state, placeOf(facts), facts)
    if (event < 0) return null
    return { trigger: state.contextOf[event] ?? -1, rule: 'nested-lookup', node: -1, key: `request under way in ${placeOf(facts)}`, via: event, score: 0.95 }
  },
}

/** The API server books and frees a service's cluster IP inside the request that creates or deletes it. */
export const nestedAddress: Rule = {
  id: 'nested-address',
  because: 'an IPAddress is written by the API server while it serves a request for the Service (its body names it, where logged)',
  mode: 'fallback',
  applies: ({ facts }) => isApiServer(facts.user) && facts.resource === 'ipaddresses' && (facts.verb === 'create' || facts.verb === 'delete'),
  propose: ({ state, facts, own }) => {
    const event = underWay(state, SERVICES, facts)
    if (event < 0) return null
    const { namespace, name } = state.fact(event)
    // from here on the address is known to be that service's, which its own deletion will need
    if (facts.verb === 'create' && name !== null) for (const { node } of own) state.graph.connect(node, state.graph.ofName('', 'services', namespace, name), 'parent')
    return { trigger: state.contextOf[event] ?? -1, rule: 'nested-address', node: -1, key: 'service request under way', via: event, score: 0.9 }
  },
}
