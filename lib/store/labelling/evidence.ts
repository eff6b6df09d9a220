import { sql } from '../database'
import type { Role } from '../types'

/** What a reconstruction kept of a request for those who label. */
export interface RequestEvidence {
  readonly auditID: string
  readonly role: Role
  readonly code: number | null
  /** -1 where no model was asked. */
  readonly uncertainty: number
  readonly rules: readonly string[]
}

interface Row { audit_id: string; role: Role; label_code: string | null; uncertainty: number | null; rules: string[] | null }

/** One for each request of a reconstruction that kept evidence, in log order. */
export async function readEvidence(reconstructionId: string): Promise<RequestEvidence[]> {
  const rows = await sql<Row>(
    `SELECT audit_id, role, label_code, (evidence->>'uncertainty')::float AS uncertainty, evidence->'rules' AS rules
     FROM (SELECT DISTINCT ON (audit_id) * FROM reconstructed_lines WHERE reconstruction_id = $1 ORDER BY audit_id, seq DESC) l ORDER BY seq`,
    [reconstructionId],
  )
  return rows.map((row) => ({ auditID: row.audit_id, role: row.role, code: row.label_code === null ? null : Number(row.label_code), uncertainty: row.uncertainty ?? -1, rules: row.rules ?? [] }))
}
