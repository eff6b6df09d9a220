import type { AuditEvent } from '@/lib/audit/event'
import type { CopyRows } from './copy-rows'
import { columnText, jsonText } from './values'

/** The columns of `events` in the order that EventWriter writes them. */
export const EVENT_COLUMNS = ['dataset_id', 'seq', 'audit_id', 'stage', 'received_micros', 'level', 'verb', 'username', 'api_group', 'resource', 'subresource', 'namespace', 'name', 'code', 'body']

/** Writes a data set's events in the order of the log, and remembers where each auditID came first. */
export class EventWriter {
  readonly #rows: CopyRows
  readonly #datasetId: string
  readonly #first = new Map<string, number>()
  #count = 0

  constructor(rows: CopyRows, datasetId: string) {
    this.#rows = rows
    this.#datasetId = datasetId
  }

  /** The first `seq` of each auditID. */
  get auditIDs(): ReadonlyMap<string, number> {
    return this.#first
  }

  get count(): number {
    return this.#count
  }

  async add(event: AuditEvent): Promise<void> {
    const seq = this.#count++
    const auditID = columnText(event.auditID) ?? ''
    if (!this.#first.has(auditID)) this.#first.set(auditID, seq)
    const ref = event.objectRef
    await this.#rows.add([
      this.#datasetId, seq, auditID, event.stage, event.receivedMicros, event.level, columnText(event.verb), columnText(event.user?.username ?? null),
      columnText(ref?.apiGroup ?? null), columnText(ref?.resource ?? null), columnText(ref?.subresource ?? null), columnText(ref?.namespace ?? null),
      columnText(ref?.name ?? null), statusCode(event), jsonText(event),
    ])
  }
}

/** The HTTP status, or null when the log holds something that is none. */
function statusCode(event: AuditEvent): number | null {
  const code = event.responseStatus?.code ?? null
  return code !== null && Number.isInteger(code) && Math.abs(code) < 2 ** 31 ? code : null
}
