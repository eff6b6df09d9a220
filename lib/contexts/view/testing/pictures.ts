import type { AuditEvent } from '@/lib/audit/event'
import { extractFacts } from '@/lib/contexts/facts'
import { reconstruct } from '@/lib/contexts/reconstruct'
import type { ContextRecord, ReconstructedRecord } from '@/lib/contexts/types'
import { makePicture } from '../make-picture'
import { openPicture, type OpenPicture } from '../open-picture'
import type { ContextPicture, PictureContext, PictureLine } from '../picture'
import { pictureLine } from '../picture-line'

/** A context found in events, with its picture and its own events. */
export interface Pictured { readonly context: ContextRecord; readonly picture: ContextPicture; readonly open: OpenPicture; readonly events: readonly AuditEvent[] }

export const ALONE: Omit<PictureContext, 'id' | 'trigger'> = { label: null, command: null, corrected: null, previous: null, next: null, omitted: 0 }

/** Reconstructs events by links alone and draws every context, the largest first. */
export function picturesOf(events: readonly AuditEvent[]): Pictured[] {
  const { contexts, records } = reconstruct(events.map((event) => extractFacts(event)))
  const recordOf = new Map<string, ReconstructedRecord>(records.map((record) => [record.auditID, record]))
  const linesOf = new Map<string, { lines: PictureLine[]; events: AuditEvent[] }>()
  events.forEach((event, seq) => {
    const record = recordOf.get(event.auditID)
    if (!record || record.context === null) return
    const own = linesOf.get(record.context) ?? { lines: [], events: [] }
    linesOf.set(record.context, own)
    own.lines.push(pictureLine(event, { seq, role: record.role, confidence: record.confidence, links: record.links }))
    own.events.push(event)
  })
  return contexts.toSorted((a, b) => b.events - a.events).map((context) => {
    const { lines, events: own } = linesOf.get(context.id) ?? { lines: [], events: [] }
    const picture = makePicture({ ...ALONE, id: context.id, label: context.label, trigger: context.trigger.auditID }, lines)
    return { context, picture, open: openPicture(JSON.parse(JSON.stringify(picture))), events: own }
  })
}
