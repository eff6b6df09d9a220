import type { AuditEvent } from '@/lib/audit/event'
import { readAudit } from '@/lib/audit/read'
import type { ReadReport } from '@/lib/audit/report'
import { isResourceEvent } from '@/lib/audit/resource-event'
import { StringPool } from '@/lib/contexts/string-pool'
import type { Reconstruction } from '@/lib/contexts/types'
import { isExternalUser } from '@/lib/labels/external-user'
import { lineHead } from './describe-line'
import { KeptBytes } from './kept-bytes'
import { LogLabels } from './log-labels'
import type { LineHead, Progress } from './protocol'

/** What is kept of a log: no bodies, so that memory grows by some hundred bytes a line. */
export interface ReadLog {
  readonly lines: readonly LineHead[]
  /** For every line, where it lies in `bytes`. */
  readonly marks: Uint32Array
  readonly bytes: KeptBytes
  /** Events that may be triggers, without their bodies, by auditID. */
  readonly triggers: ReadonlyMap<string, AuditEvent>
  readonly reconstruction: Reconstruction
  readonly labels: LogLabels
  readonly report: ReadReport
  readonly seconds: { readonly reading: number; readonly linking: number }
}

export interface ReadHooks { readonly signal?: AbortSignal; onProgress(progress: Progress): void }

/** Reads a log once, batch by batch, and links it. Throws what the reader throws, and the signal's reason. */
export async function readLog(source: Blob, { signal, onProgress }: ReadHooks): Promise<ReadLog> {
  const began = performance.now()
  const kept = new KeptLines()
  const bytes = new KeptBytes(source)
  const labels = new LogLabels()
  const { events, report } = readAudit(bytes.source(), { onProgress: (done) => onProgress({ phase: 'reading', done, total: source.size }) })
  for await (const batch of events) {
    signal?.throwIfAborted()
    kept.add(batch, bytes.mark())
    labels.add(batch)
  }
  const read = performance.now()
  onProgress({ phase: 'linking', done: 0, total: null })
  const reconstruction = labels.link()
  const seconds = { reading: (read - began) / 1000, linking: (performance.now() - read) / 1000 }
  return { ...kept.inOrder(), bytes, triggers: kept.triggers, reconstruction, labels, report, seconds }
}

/** Line heads in the order of the file, with one copy of each text. */
class KeptLines {
  readonly triggers = new Map<string, AuditEvent>()
  readonly #pool = new StringPool()
  readonly #lines: LineHead[] = []
  readonly #marks: number[] = []

  add(events: readonly AuditEvent[], mark: number): void {
    for (const event of events) {
      const { auditID, stage, micros, user, verb, kind, object, code } = lineHead(event)
      const pool = this.#pool
      this.#marks.push(mark)
      this.#lines.push({ seq: this.#lines.length, auditID, micros, code, stage: pool.internOrNull(stage), user: pool.internOrNull(user), verb: pool.internOrNull(verb), kind: pool.intern(kind), object: pool.intern(object) })
      this.#keepTrigger(event)
    }
  }

  /** The last stage speaks for a request: only it knows the outcome. */
  #keepTrigger(event: AuditEvent): void {
    if (!isResourceEvent(event) || !isExternalUser(event)) return
    if (event.stage === 'RequestReceived' && this.triggers.has(event.auditID)) return
    this.triggers.set(event.auditID, { ...event, requestObject: null, responseObject: null })
  }

  /** By time received; lines without a time last, equal times as in the file. */
  inOrder(): { lines: LineHead[]; marks: Uint32Array } {
    const at = (line: LineHead): number => line.micros ?? Number.POSITIVE_INFINITY
    const sorted = this.#lines.toSorted((a, b) => (at(a) === at(b) ? a.seq - b.seq : at(a) - at(b)))
    return { marks: Uint32Array.from(sorted, (line) => this.#marks[line.seq] ?? 0), lines: sorted.map((line, seq) => ({ ...line, seq })) }
  }
}
