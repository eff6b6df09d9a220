import { fileURLToPath } from 'node:url'
import { collectEvents, openSource } from '@/lib/audit/source.node.ts'
import type { AuditEvent } from '@/lib/audit/event'
import { readRecords } from '@/lib/contexts/read-records'
import { makeLabel } from '@/lib/labels/codec'
import type { RequestTruth, TruthById } from '@/lib/model/linked/linked-target'

/** A data set that ships, in memory, with its truth. */
export interface ShippedEvents { readonly events: readonly AuditEvent[]; readonly truth: TruthById }

export async function shippedEvents(name: string): Promise<ShippedEvents> {
  const path = (file: string): string => fileURLToPath(new URL(`../../../../datasets/${name}/${file}`, import.meta.url))
  const { events } = await collectEvents(openSource(path('audit.jsonl.gz')))
  const records = await readRecords(openSource(path('truth.jsonl.gz')), 'truth')
  return {
    events,
    truth: new Map(records.map((record): [string, RequestTruth] => {
      const label = record.label as Parameters<typeof makeLabel>[0] | null
      return [String(record.auditID), { role: record.role as RequestTruth['role'], context: record.context as string | null, label: label ? makeLabel(label) : null }]
    })),
  }
}
