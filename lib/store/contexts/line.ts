import type { AuditEvent } from '@/lib/audit/event'
import { AuditweaveError } from '@/lib/audit/errors'
import type { Correction } from '@/lib/contexts/corrections/types'
import type { Link, Role } from '@/lib/contexts/types'
import type { ActionLabel } from '@/lib/labels/action-label'
import type { LineEvidence } from '@/lib/labelling/suggest/suggested-line'
import { sql } from '../database'
import { iso, stored } from '../values'

/** What is said of a line: by a reconstruction itself, or now. */
export interface LineStanding {
  readonly role: Role
  readonly context: string | null
  readonly label: ActionLabel | null
  readonly confidence: number | null
}

/** One line of a reconstruction: its event as stored (secrets redacted), where it stands and why. */
export interface FoundLine extends LineStanding {
  readonly seq: number
  readonly event: AuditEvent
  readonly links: readonly Link[]
  readonly evidence: LineEvidence | null
  /** What the reconstruction itself said, where somebody has put the line elsewhere. */
  readonly found: LineStanding | null
  readonly correction: Pick<Correction, 'id' | 'act' | 'by' | 'at' | 'why'> | null
}

/** @throws AuditweaveError 'unknown-line' */
export async function readLine(reconstructionId: string, seq: number): Promise<FoundLine> {
  const [row] = await sql<Row>(
    `SELECT l.role, l.context_id, l.label, l.confidence, l.links, l.evidence, l.found, e.body, k.id AS act_id, k.act, k.actor, k.created_at, k.why
     FROM reconstructed_lines l JOIN reconstructions r ON r.id = l.reconstruction_id JOIN events e ON e.dataset_id = r.dataset_id AND e.seq = l.seq
     LEFT JOIN context_corrections k ON k.number = l.correction WHERE l.reconstruction_id = $1 AND l.seq = $2`,
    [reconstructionId, seq],
  )
  if (row === undefined) throw new AuditweaveError('unknown-line', `There is no line ${seq} in this reconstruction; it may have been deleted.`)
  return {
    seq, event: row.body, role: row.role, context: row.context_id, label: stored(row.label), confidence: row.confidence, links: stored(row.links), evidence: stored(row.evidence), found: stored(row.found),
    correction: row.act_id === null ? null : { id: row.act_id, act: row.act, by: row.actor, at: iso(row.created_at) ?? '', why: row.why },
  }
}

interface Row {
  role: Role; context_id: string | null; label: unknown; confidence: number | null; links: unknown; evidence: unknown; found: unknown; body: AuditEvent
  act_id: string | null; act: Correction['act']; actor: string; created_at: Date | null; why: string
}
