import type { PoolClient } from 'pg'
import type { AuditEvent } from '@/lib/audit/event'
import { AuditweaveError } from '@/lib/audit/errors'
import type { ContextCorrected, CorrectionPlan } from '@/lib/contexts/corrections/types'
import { extractFacts } from '@/lib/contexts/facts'
import { contextTrigger } from '@/lib/contexts/reconstruct'
import { columnText, jsonText } from '../values'
import { gatherContexts } from './summarise'

/** The rows of contexts and lines that a plan is about, as jsonb that never leaves the database: whole numbers stay whole. */
export const BEFORE = `jsonb_build_object(
  'contexts', (SELECT coalesce(jsonb_agg(to_jsonb(c)), '[]') FROM contexts c WHERE c.reconstruction_id = $2 AND c.id = ANY($7::text[])),
  'lines', (SELECT coalesce(jsonb_agg(jsonb_build_object('seq', l.seq, 'role', l.role, 'label', l.label, 'label_code', l.label_code, 'confidence', l.confidence, 'context_id', l.context_id, 'correction', l.correction, 'found', l.found)), '[]')
            FROM reconstructed_lines l WHERE l.reconstruction_id = $2 AND l.audit_id = ANY($8::text[])))`

/** Writes what a plan came to into the rows of contexts and lines. */
export async function writePlan(client: PoolClient, reconstructionId: string, plan: CorrectionPlan, number: number, corrected: ContextCorrected): Promise<void> {
  if (plan.made) await makeContext(client, reconstructionId, plan.made)
  await client.query(
    `UPDATE reconstructed_lines l SET
       found = coalesce(l.found, jsonb_build_object('role', l.role, 'context', l.context_id, 'label', l.label, 'confidence', l.confidence)), correction = $2,
       context_id = u.context, role = u.role::line_role, label = c.label, label_code = c.label_code, confidence = CASE WHEN u.context IS NOT NULL THEN 1 END
     FROM unnest($3::text[], $4::text[], $5::text[]) u(audit_id, context, role) LEFT JOIN contexts c ON c.reconstruction_id = $1 AND c.id = u.context
     WHERE l.reconstruction_id = $1 AND l.audit_id = u.audit_id`,
    [reconstructionId, number, plan.changes.map(({ auditID }) => auditID), plan.changes.map(({ to }) => to.context), plan.changes.map(({ to }) => to.role)],
  )
  if (plan.changes.length > 0) await gatherContexts(client, reconstructionId, plan.touched)
  await client.query('UPDATE contexts SET corrected = $3 WHERE reconstruction_id = $1 AND id = ANY($2::text[])', [reconstructionId, plan.touched, jsonText(corrected)])
}

/** A context of its own for a trigger that is in the log; its members are gathered afterwards. */
async function makeContext(client: PoolClient, reconstructionId: string, { id, trigger: auditID }: { id: string; trigger: string }): Promise<void> {
  const { rows: [row] } = await client.query<{ body: AuditEvent }>(
    'SELECT e.body FROM reconstructions r JOIN events e ON e.dataset_id = r.dataset_id AND e.audit_id = $2 WHERE r.id = $1 ORDER BY e.stage = \'ResponseComplete\' DESC, e.seq DESC LIMIT 1', [reconstructionId, auditID])
  if (row === undefined) throw new AuditweaveError('unknown-request', `The log no longer has the request ${auditID.slice(0, 80)}. Make a new reconstruction.`)
  const facts = extractFacts(row.body)
  const { label } = facts
  const { user, verb, objectRef: ref } = contextTrigger(facts)
  await client.query(
    `INSERT INTO contexts (reconstruction_id, id, trigger_audit_id, trigger_micros, username, verb, api_group, resource, subresource, namespace, name, object_ref, label, label_code, events, members)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1, ARRAY[$3])`,
    [reconstructionId, id, auditID, row.body.receivedMicros, columnText(user), columnText(verb), columnText(ref?.group ?? null), columnText(ref?.resource ?? null), columnText(ref?.subresource ?? null),
      columnText(ref?.namespace ?? null), columnText(ref?.name ?? null), ref === null ? null : jsonText(ref), label === null ? null : jsonText(label), label?.code ?? null],
  )
}

/** Puts the rows back as they were before an act. */
export async function restoreRows(client: PoolClient, reconstructionId: string, correctionId: string): Promise<void> {
  await client.query('DELETE FROM contexts c USING context_corrections k WHERE k.id = $2 AND c.reconstruction_id = $1 AND c.id = ANY(k.contexts)', [reconstructionId, correctionId])
  await client.query(`INSERT INTO contexts SELECT c.* FROM context_corrections k, jsonb_populate_recordset(NULL::contexts, k.before->'contexts') c WHERE k.id = $1`, [correctionId])
  await client.query(
    `UPDATE reconstructed_lines l SET role = b.role, label = nullif(b.label, 'null'), label_code = b.label_code, confidence = b.confidence, context_id = b.context_id, correction = b.correction, found = nullif(b.found, 'null')
     FROM context_corrections k, jsonb_populate_recordset(NULL::reconstructed_lines, k.before->'lines') b WHERE k.id = $2 AND l.reconstruction_id = $1 AND l.seq = b.seq`,
    [reconstructionId, correctionId],
  )
}
