import type { AuditEvent } from '@/lib/audit/event'
import { QueriedLog } from '@/lib/contexts/queried-log'
import { eventOf, type Request } from '@/lib/contexts/testing/scenario'
import { compileColumns, parseQuery, pathsRead } from '@/lib/query'

/** One request of a made log; what is left out is a `get` of pods by dora that is carried out. */
export interface Sent extends Partial<Omit<Request, 'cause'>> {
  readonly groups?: readonly string[]
  readonly from?: string
  readonly asGroups?: readonly string[]
}

const START = Date.UTC(2026, 2, 9, 6, 0, 0) * 1000

/** Requests a hundred milliseconds apart. */
export function sentEvents(requests: readonly Sent[]): AuditEvent[] {
  return requests.map((sent, at) => {
    const event = eventOf(`made-${at}`, { user: 'dora', verb: 'get', resource: 'pods', ...sent, cause: null }, START + at * 100_000)
    const user = event.user && { ...event.user, groups: [...(sent.groups ?? event.user.groups)] }
    const impersonatedUser = event.impersonatedUser && { ...event.impersonatedUser, groups: [...(sent.asGroups ?? [])] }
    return { ...event, user, impersonatedUser, sourceIPs: [sent.from ?? '10.20.30.40'] }
  })
}

/** How many contexts of the requests a query matches. */
export function matches(query: string, events: readonly AuditEvent[]): number {
  const node = parseQuery(query)
  const log = new QueriedLog({ paths: pathsRead(node) })
  log.add(events)
  return compileColumns(node).run(log.finish().columns).count()
}
