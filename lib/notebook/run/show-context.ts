import { AuditweaveError } from '@/lib/audit/errors'
import type { AuditEvent } from '@/lib/audit/event'
import { describeContext, describeLink } from '@/lib/contexts/describe'
import type { ContextRecord, ReconstructedRecord } from '@/lib/contexts/types'
import type { CellOf } from '../cell'
import type { OutputOf } from '../result'
import { kindOf, objectOf } from './rows'
import type { NotebookSources, SourceDataset } from './sources'

const MOST_MEMBERS = 200

/** Which context of an answer is meant. @throws AuditweaveError 'empty-answer', 'bad-context' */
export function pickContext(cell: CellOf<'context'>, answer: OutputOf<'answer'>): string {
  if (answer.of !== 'contexts') throw new AuditweaveError('bad-context', `${cell.from ?? 'The query'} answers with events. Let it ask for contexts.`)
  const row = cell.pick === 'largest' ? answer.largest : cell.pick === 'last' ? answer.last : (answer.rows[0] ?? null)
  if (!row) throw new AuditweaveError('empty-answer', `No context matches ${cell.from ?? 'the query'}, so none can be shown. Change its query.`)
  return row.id
}

/** One context: its sentence and every member with the reason why it is there. @throws AuditweaveError 'unknown-context' */
export async function showContext(id: string, dataset: SourceDataset, sources: NotebookSources): Promise<OutputOf<'context'>> {
  const { contexts, records } = await sources.linked(dataset)
  const context = contexts.find((one) => one.id === id)
  if (!context) throw new AuditweaveError('unknown-context', `${dataset.name} has no context ${id.slice(0, 60)}. Take its id from the answer of a query.`)
  const wanted = new Set(context.members)
  const recordOf = new Map(records.flatMap((record) => (wanted.has(record.auditID) ? [[record.auditID, record] as const] : [])))
  const events = await membersOf(context, dataset, sources)
  const began = events.find((event) => event.auditID === context.trigger.auditID)?.receivedMicros ?? null
  const following = events.filter((event) => event.auditID !== context.trigger.auditID).map((event) => ({ verb: event.verb ?? '', resource: event.objectRef?.resource ?? '', subresource: event.objectRef?.subresource ?? '' }))
  const { label } = context
  return {
    kind: 'context', id: context.id, datasetId: dataset.id, dataset: dataset.name, sentence: describeContext(context, following).slice(0, 2000).toWellFormed(),
    label: label ? `${label.verb} ${label.resource}${label.subresource ? `/${label.subresource}` : ''}`.slice(0, 300) : null, micros: began, auditID: context.trigger.auditID.slice(0, 300),
    members: events.slice(0, MOST_MEMBERS).map((event) => member(event, recordOf.get(event.auditID), began)), total: context.members.length,
  }
}

/** One event a member, its fullest stage. */
async function membersOf(context: ContextRecord, dataset: SourceDataset, sources: NotebookSources): Promise<AuditEvent[]> {
  const found = new Map<string, AuditEvent>()
  for await (const batch of sources.events(dataset, context.members)) {
    for (const event of batch) if (!found.has(event.auditID) || event.stage !== 'RequestReceived') found.set(event.auditID, event)
  }
  return context.members.flatMap((auditID) => found.get(auditID) ?? [])
}

function member(event: AuditEvent, record: ReconstructedRecord | undefined, began: number | null): OutputOf<'context'>['members'][number] {
  const afterMs = event.receivedMicros === null || began === null ? null : (event.receivedMicros - began) / 1000
  const link = record?.links[0]
  return {
    auditID: event.auditID.slice(0, 300), afterMs, role: record?.role ?? 'consequence', user: event.user?.username?.slice(0, 300) ?? null, verb: event.verb?.slice(0, 100) ?? null, kind: kindOf(event), object: objectOf(event),
    code: event.responseStatus?.code ?? null, why: link ? describeLink(link).slice(0, 500).toWellFormed() : record?.role === 'trigger' ? 'The user’s own action.' : '',
  }
}
