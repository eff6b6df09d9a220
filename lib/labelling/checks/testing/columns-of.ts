import type { AuditEvent } from '@/lib/audit/event'
import type { LabellingLog } from '../../types'

type TextColumn = 'stage' | 'verb' | 'user' | 'group' | 'resource' | 'subresource' | 'namespace' | 'name'

/** The columns of a log that is given event by event, in order of time. Lines without a time stand last. */
export function columnsOf(events: readonly AuditEvent[]): LabellingLog {
  const sorted = events.map((event, seq) => ({ event, seq })).sort((a, b) => (a.event.receivedMicros ?? Number.MAX_VALUE) - (b.event.receivedMicros ?? Number.MAX_VALUE) || a.seq - b.seq)
  const texts = new Map<string, number>()
  const auditIDs = new Map<string, number>()
  const index = (known: Map<string, number>, text: string): number => { const at = known.get(text) ?? known.size; known.set(text, at); return at }
  const column = (read: (event: AuditEvent) => string | null | undefined): number[] => sorted.map(({ event }) => { const text = read(event); return text === null || text === undefined ? -1 : index(texts, text) })
  const firstMillis = (sorted[0]?.event.receivedMicros ?? 0) / 1000
  const columns: Record<TextColumn, number[]> = {
    stage: column((event) => event.stage), verb: column((event) => event.verb), user: column((event) => event.user?.username), group: column((event) => event.objectRef?.apiGroup),
    resource: column((event) => event.objectRef?.resource), subresource: column((event) => event.objectRef?.subresource), namespace: column((event) => event.objectRef?.namespace), name: column((event) => event.objectRef?.name),
  }
  return {
    dataset: { id: 'd', name: 'd', version: 1 }, lines: sorted.length, seq: sorted.map(({ seq }) => seq), request: sorted.map(({ event }) => index(auditIDs, event.auditID)),
    ...columns, texts: [...texts.keys()], auditIDs: [...auditIDs.keys()], firstMillis,
    at: sorted.map(({ event }) => (event.receivedMicros ?? 0) / 1000 - firstMillis), code: sorted.map(({ event }) => event.responseStatus?.code ?? 0),
  }
}
