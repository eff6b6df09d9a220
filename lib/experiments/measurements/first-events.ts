import { AuditweaveError } from '@/lib/audit/errors'
import type { AuditEvent } from '@/lib/audit/event'
import type { TruthById } from '@/lib/model/linked/linked-target'
import type { LabelledLog } from '../labelled-log'
import type { MeasurementDeps } from './measurement-deps'

/** The first `lines` events of a log (all where null), batch by batch; progress is told in lines. Throws the signal's reason when aborted. */
export async function* firstEvents(log: LabelledLog, lines: number | null, deps: Pick<MeasurementDeps, 'signal' | 'onProgress'>): AsyncGenerator<readonly AuditEvent[]> {
  let read = 0
  for await (const batch of log.events()) {
    deps.signal.throwIfAborted()
    const taken = lines === null ? batch : batch.slice(0, lines - read)
    read += taken.length
    deps.onProgress(read, lines ?? read, 'lines')
    if (taken.length > 0) yield taken
    if (lines !== null && read >= lines) return
  }
}

/**
 * What the truth says of these requests and of no others, so that lines which were not read, or which a form of the log omits, are not missed.
 * Throws AuditweaveError 'wrong-truth' where it knows none of them.
 */
export function truthAmong(truth: TruthById, seen: Iterable<{ readonly auditID: string }>, name: string): TruthById {
  const known = new Map([...seen].flatMap(({ auditID }) => {
    const record = truth.get(auditID)
    return record ? [[auditID, record] as const] : []
  }))
  if (known.size === 0) throw new AuditweaveError('wrong-truth', `The truth is none of ${name}: they have no auditID in common. Take the truth that belongs to this log.`)
  return known
}
