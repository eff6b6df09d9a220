import { AuditweaveError } from '@/lib/audit/errors'
import type { Annotator } from '@/lib/labelling/types'
import { sql } from '../database'

/**
 * auditIDs whose shared labels an annotator must not see: those of samples that are his to label blindly and still open.
 * Reviewers and owners see all.
 */
export async function hiddenFrom(datasetId: string, who: Pick<Annotator, 'name' | 'role'>): Promise<ReadonlySet<string>> {
  if (who.role !== 'annotator') return new Set()
  const rows = await sql<{ audit_id: string }>(
    `SELECT DISTINCT r.audit_id FROM assignments a JOIN assignment_requests r ON r.assignment_id = a.id WHERE a.dataset_id = $1 AND a.annotator = $2 AND a.state = 'open'`, [datasetId, who.name])
  return new Set(rows.map((row) => row.audit_id))
}

/** @throws AuditweaveError 'not-assigned' naming the first of these requests whose shared label is hidden from `who` */
export async function requireSeen(datasetId: string, auditIDs: readonly string[], who: Pick<Annotator, 'name' | 'role'>): Promise<void> {
  const hidden = await hiddenFrom(datasetId, who)
  const first = auditIDs.find((id) => hidden.has(id))
  if (first !== undefined) throw new AuditweaveError('not-assigned', `Request ${first.slice(0, 60)} is yours to label without seeing what others said of it. Label it under your assignment, or have that closed first.`)
}
