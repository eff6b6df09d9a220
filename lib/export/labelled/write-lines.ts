import { safeJson } from '@/lib/contexts/visible-text'
import { csvField } from '../csv'
import { eventObject } from './event-line'
import { labellingObject } from './parse-labelling'
import { isExact, toReference } from './reference-code'
import type { LabelledEvent } from './types'

/** An audit log whose lines have one field more: `auditweave`, with role, context and label. */
export async function* writeLabelledLines(events: AsyncIterable<LabelledEvent>): AsyncGenerator<string> {
  for await (const { event, labelling } of events) yield `${safeJson({ ...eventObject(event), ...(labelling && { auditweave: labellingObject(labelling) }) })}\n`
}

/** Key under which the reference implementation's versions keep the context. */
export type ContextKey = 'uuid_new' | 'UUID'

/**
 * As the reference implementation labels and clusters: each event with `label`, `cplabel` where a rule gave it, and its context. What those cannot say
 * stands in `auditweave` beside them, on the lines where it is needed; the implementation passes over fields that it does not know.
 */
export async function* writeReference(events: AsyncIterable<LabelledEvent>, contextKey: ContextKey): AsyncGenerator<string> {
  for await (const { event, labelling } of events) {
    const { context, ...fields } = toReference(event, labelling)
    const rest = labelling === null || isExact(event, labelling) ? null : { auditweave: labellingObject(labelling) }
    yield `${safeJson({ ...eventObject(event), ...fields, ...(context !== null && { [contextKey]: context }), ...rest })}\n`
  }
}

/** The log as it was, without labels. */
export async function* writeAuditLines(events: AsyncIterable<LabelledEvent>): AsyncGenerator<string> {
  for await (const { event } of events) yield `${safeJson(eventObject(event))}\n`
}

/** One record for each labelled auditID: {auditID, context, role, label}. */
export async function* writeTruth(events: AsyncIterable<LabelledEvent>): AsyncGenerator<string> {
  const seen = new Set<string>()
  for await (const { event, labelling } of events) {
    if (labelling === null || seen.has(event.auditID)) continue
    seen.add(event.auditID)
    const { role, context, label } = labellingObject(labelling)
    yield `${safeJson({ auditID: event.auditID, context, role, label })}\n`
  }
}

const COLUMNS = ['auditID', 'stage', 'requestReceivedTimestamp', 'user', 'verb', 'role', 'context', 'label.group', 'label.resource', 'label.subresource', 'label.verb', 'label.namespaced', 'label.single', 'label.code'] as const

/** A table of the labels for spreadsheets, without bodies; it cannot be read back. Text that would be run as a formula is defused. */
export async function* writeLabelTable(events: AsyncIterable<LabelledEvent>): AsyncGenerator<string> {
  yield `${COLUMNS.join(',')}\r\n`
  for await (const { event, labelling } of events) {
    const label = labelling?.label ?? null
    const cells = [
      event.auditID, event.stage, event.requestReceivedTimestamp, event.user?.username ?? null, event.verb, labelling?.role ?? null, labelling?.context ?? null,
      label?.group ?? null, label?.resource ?? null, label?.subresource ?? null, label?.verb ?? null, label?.namespaced ?? null, label?.single ?? null, label?.code ?? null,
    ]
    yield `${cells.map(csvField).join(',')}\r\n`
  }
}
