import { AuditweaveError } from '@/lib/audit/errors'
import { parseMicros } from '@/lib/audit/time'
import type { ContextRecord, ReconstructedRecord } from '@/lib/contexts/types'
import type { LineEvidence } from '@/lib/labelling/suggest/suggested-line'
import { copyInto, type CopyRows } from './copy-rows'
import { inTransaction } from './database'
import type { Hold } from './lease'
import { summariseContexts } from './contexts/summarise'
import { CHANNELS, notify } from './notify'
import { columnText, jsonText } from './values'

const CONTEXT_COLUMNS = ['reconstruction_id', 'id', 'trigger_audit_id', 'trigger_micros', 'username', 'verb', 'api_group', 'resource', 'subresource', 'namespace', 'name', 'object_ref', 'label', 'label_code', 'events', 'first_micros', 'last_micros', 'members', 'command']
const LINE_COLUMNS = ['reconstruction_id', 'seq', 'audit_id', 'stage', 'role', 'label', 'label_code', 'confidence', 'context_id', 'links', 'evidence']

/** What a reconstruction found; `evidence` is told by auditID, where it was asked for. */
export interface FoundContexts {
  readonly records: readonly ReconstructedRecord[]
  readonly contexts: readonly ContextRecord[]
  readonly evidence?: (auditID: string) => LineEvidence | null
}

/**
 * Ends a reconstruction as done with all it found, in one transaction. `seqOf` gives a record's line in the log.
 * @throws AuditweaveError 'lease-lost'
 */
export async function finishReconstruction(hold: Hold, found: FoundContexts, seqOf: (record: ReconstructedRecord) => number, figures: object): Promise<void> {
  await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      `UPDATE reconstructions SET state = 'done', finished_at = now(), lease_until = NULL, cancel_requested = false, progress = NULL, error = NULL, figures = $3
       WHERE id = $1 AND attempt = $2 AND state = 'running'`,
      [hold.id, hold.attempt, jsonText(figures)],
    )
    if (rowCount === 0) throw new AuditweaveError('lease-lost', `Attempt ${hold.attempt} at reconstruction ${hold.id} is no longer the one that counts. It ends here.`)
    await copyInto(client, 'contexts', CONTEXT_COLUMNS, (rows) => writeContexts(rows, hold.id, found.contexts))
    await copyInto(client, 'reconstructed_lines', LINE_COLUMNS, (rows) => writeLines(rows, hold.id, found, seqOf))
    await summariseContexts(client, hold.id, null)
  })
  await notify(CHANNELS.reconstructions, hold.id)
}

async function writeContexts(rows: CopyRows, id: string, contexts: readonly ContextRecord[]): Promise<void> {
  for (const context of contexts) {
    const { trigger, label } = context
    const ref = trigger.objectRef
    await rows.add([
      id, context.id, columnText(trigger.auditID), parseMicros(trigger.requestReceivedTimestamp), columnText(trigger.user), columnText(trigger.verb), columnText(ref?.group ?? null),
      columnText(ref?.resource ?? null), columnText(ref?.subresource ?? null), columnText(ref?.namespace ?? null), columnText(ref?.name ?? null), ref === null ? null : jsonText(ref),
      label === null ? null : jsonText(label), label?.code ?? null, context.events, parseMicros(context.first), parseMicros(context.last), arrayText(context.members),
      context.command ?? null,
    ])
  }
}

async function writeLines(rows: CopyRows, id: string, { records, evidence }: FoundContexts, seqOf: (record: ReconstructedRecord) => number): Promise<void> {
  for (const record of records) {
    const { label } = record
    const kept = evidence?.(record.auditID) ?? null
    await rows.add([
      id, seqOf(record), columnText(record.auditID), columnText(record.stage), record.role, label === null ? null : jsonText(label), label?.code ?? null,
      record.confidence, record.context, jsonText(record.links), kept === null ? null : jsonText(kept),
    ])
  }
}

/** PostgreSQL's text form of an array of texts. */
function arrayText(values: readonly string[]): string {
  const quoted = values.map((value) => `"${(columnText(value) ?? '').replace(/["\\]/g, (sign) => `\\${sign}`)}"`)
  return `{${quoted.join(',')}}`
}
