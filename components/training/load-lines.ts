import { AuditweaveError } from '@/lib/audit/errors'
import { compareEvents } from '@/lib/audit/order'
import type { AuditEvent } from '@/lib/audit/event'
import { readAudit } from '@/lib/audit/read'
import { streamSource } from '@/lib/audit/source'
import { readRecords } from '@/lib/contexts/read-records'
import type { ScoredRecord } from '@/lib/contexts/score'
import type { TrainingLines } from '@/lib/experiments/execute-types'
import { TrainingLineCollector, type LineTruth } from '@/lib/experiments/training-lines'
import { makeLabel } from '@/lib/labels/codec'

/** A labelled log's lines in order of time. Throws 'wrong-truth' where log and truth are of different captures. */
export async function loadLines(log: Blob, truth: Blob, name: string, hooks: { readonly signal?: AbortSignal; onProgress(done: number, total: number): void }): Promise<TrainingLines> {
  const labels = new Map((await readRecords(streamSource(truth.stream()), 'the truth')).map((record) => [record.auditID, record]))
  const events: AuditEvent[] = []
  const { events: batches } = readAudit(streamSource(log.stream()), { onProgress: (done) => hooks.onProgress(done, log.size) })
  for await (const batch of batches) {
    hooks.signal?.throwIfAborted()
    events.push(...batch)
  }
  const collector = new TrainingLineCollector(null)
  let known = 0
  for (const event of events.sort(compareEvents)) {
    const record = labels.get(event.auditID)
    if (record) known++
    collector.add(event, record ? truthOf(record) : null)
  }
  if (known === 0) throw new AuditweaveError('wrong-truth', 'The truth is of another capture: no line of the log has its auditID in it. Give the truth that belongs to this log.')
  return collector.lines({ name, sha256: await sha256(log) })
}

function truthOf({ role, label }: ScoredRecord): LineTruth {
  return { role: (role ?? null) as LineTruth['role'], label: label ? makeLabel(label as Parameters<typeof makeLabel>[0]) : null }
}

/** Empty where the page was not loaded over a secure way, which has no digests. */
async function sha256(blob: Blob): Promise<string> {
  if (!globalThis.crypto?.subtle) return ''
  return [...new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
