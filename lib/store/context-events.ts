import type { AuditEvent } from '@/lib/audit/event'
import { formatMicros } from '@/lib/audit/time'
import type { ContextRecord, ReconstructedRecord } from '@/lib/contexts/types'
import type { ObjectKey } from '@/lib/contexts/view/revisions'
import { getContext } from './contexts'
import { sql } from './database'
import { columnText } from './values'

/** Events of one object in a context, and the events about it before: what its first change is held against. */
export interface ObjectEvents { readonly events: AuditEvent[]; readonly earlier: AuditEvent[]; readonly omitted: number }

/** Bodies that are read at most for one object. */
const MOST_EVENTS = 2000
/** Lines before the context that are looked through for the object's state before. */
const LOOK_BACK = 50_000
const MOST_EARLIER = 20

/** Events that may be about the object: those that name it, and creations that name none (`generateName`), whose answer tells it. */
export async function objectEvents(reconstructionId: string, contextId: string, { resource, namespace, name }: ObjectKey): Promise<ObjectEvents> {
  const [wanted, within, called] = [columnText(resource), columnText(namespace), columnText(name)]
  const rows = await sql<{ body: AuditEvent }>(
    `SELECT e.body FROM reconstructed_lines l JOIN reconstructions r ON r.id = l.reconstruction_id JOIN events e ON e.dataset_id = r.dataset_id AND e.seq = l.seq
     WHERE l.reconstruction_id = $1 AND l.context_id = $2 AND e.resource = $3 AND e.namespace IS NOT DISTINCT FROM $4 AND (e.name = $5 OR (e.name IS NULL AND e.verb = 'create'))
     ORDER BY e.received_micros, e.seq LIMIT $6`,
    [reconstructionId, contextId, wanted, within, called, MOST_EVENTS + 1],
  )
  const earlier = await sql<{ body: AuditEvent }>(
    `WITH c AS (SELECT r.dataset_id, min(x.first_micros) AS begun FROM contexts x JOIN reconstructions r ON r.id = x.reconstruction_id WHERE x.reconstruction_id = $1 AND x.id = $2 GROUP BY r.dataset_id),
     before AS (SELECT e.dataset_id, e.seq, e.resource, e.namespace, e.name, e.verb, e.code, e.received_micros FROM events e, c WHERE e.dataset_id = c.dataset_id AND e.received_micros < c.begun ORDER BY e.received_micros DESC, e.seq DESC LIMIT ${LOOK_BACK})
     SELECT e.body FROM before b JOIN events e ON e.dataset_id = b.dataset_id AND e.seq = b.seq
     WHERE b.resource = $3 AND b.namespace IS NOT DISTINCT FROM $4 AND b.name = $5 AND b.verb IN ('create', 'update', 'patch', 'get', 'delete') AND coalesce(b.code, 200) < 400
     ORDER BY b.received_micros DESC, b.seq DESC LIMIT ${MOST_EARLIER}`,
    [reconstructionId, contextId, wanted, within, called],
  )
  return { events: rows.slice(0, MOST_EVENTS).map(({ body }) => body), earlier: earlier.map(({ body }) => body), omitted: rows.length > MOST_EVENTS ? 1 : 0 }
}

/** A context as files about it are made: its record, what was found of its lines, and their events; null when there is none. */
export async function contextForFile(reconstructionId: string, contextId: string): Promise<{ context: ContextRecord; records: ReconstructedRecord[]; events: AuditEvent[] } | null> {
  const found = await getContext(reconstructionId, contextId)
  if (found === null) return null
  const { context: row, members, lines } = found
  const time = (micros: number | null): string | null => (micros === null ? null : formatMicros(micros))
  const { auditID, receivedMicros, user, verb, objectRef } = row.trigger
  return {
    context: { id: row.id, trigger: { auditID, requestReceivedTimestamp: time(receivedMicros), user, verb, objectRef }, label: row.label, events: row.events, first: time(row.firstMicros), last: time(row.lastMicros), members },
    records: lines.map(({ auditID: id, stage, role, label, confidence, links, event }) => ({ auditID: id, stage, requestReceivedTimestamp: event.requestReceivedTimestamp, role, label, confidence, context: row.id, links })),
    events: lines.map(({ event }) => event),
  }
}
