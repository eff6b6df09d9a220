import type { PoolClient } from 'pg'
import { AuditweaveError } from '@/lib/audit/errors'
import { drawSample, type Candidate } from '@/lib/labelling/agreement/sample'
import type { Annotator } from '@/lib/labelling/types'
import { labelKey } from '@/lib/labels/label-key'
import type { ActionLabel } from '@/lib/labels/action-label'
import { inTransaction, sql } from '../database'
import { newId } from '../ids'
import { CHANNELS } from '../notify'
import { iso, jsonText, stored } from '../values'
import type { Assignment, AssignmentSample, AssignmentState, NewAssignment } from './assignment-types'

const SELECT = `SELECT a.*, count(r.audit_id)::int AS requests, count(*) FILTER (WHERE l.standing <> 'unlabelled')::int AS labelled,
    count(*) FILTER (WHERE l.standing = 'unlabelled' AND l.skipped)::int AS skipped
  FROM assignments a LEFT JOIN assignment_requests r ON r.assignment_id = a.id
  LEFT JOIN LATERAL (SELECT standing, skipped FROM label_events WHERE assignment_id = a.id AND audit_id = r.audit_id ORDER BY id DESC LIMIT 1) l ON true`

/** The assignments of a data set, the newest first. */
export async function listAssignments(datasetId: string): Promise<Assignment[]> {
  return (await sql<Row>(`${SELECT} WHERE a.dataset_id = $1 GROUP BY a.id ORDER BY a.created_at DESC, a.id`, [datasetId])).map(toAssignment)
}

/** @throws AuditweaveError 'unknown-assignment' also for one of another data set */
export async function readAssignment(datasetId: string, id: string): Promise<Assignment> {
  const [row] = await sql<Row>(`${SELECT} WHERE a.dataset_id = $1 AND a.id = $2 GROUP BY a.id`, [datasetId, id])
  if (row === undefined) throw new AuditweaveError('unknown-assignment', `This data set has no assignment "${id.slice(0, 40)}".`)
  return toAssignment(row)
}

/**
 * The assignment, where `who` may write labels under it (its annotator alone, while it is open) or read them (reviewers too).
 * @throws AuditweaveError 'unknown-assignment', 'not-assigned' where it is another's, 'wrong-state' where it is closed
 */
export async function requireAssignment(datasetId: string, id: string, who: Pick<Annotator, 'name' | 'role'>, right: 'read' | 'write'): Promise<Assignment> {
  const assignment = await readAssignment(datasetId, id)
  const own = assignment.annotator === who.name
  if (!own && (right === 'write' || who.role === 'annotator')) throw new AuditweaveError('not-assigned', `"${assignment.title}" is assigned to ${assignment.annotator}. Label under your own name, or have one assigned to you.`)
  if (right === 'write' && assignment.state === 'closed') throw new AuditweaveError('wrong-state', `"${assignment.title}" is closed. Whoever reviews this data set may open it again.`)
  return assignment
}

/** @throws AuditweaveError 'not-assigned' naming the first of these requests that the sample lacks */
export async function requireInSample(id: string, auditIDs: readonly string[]): Promise<void> {
  const [row] = await sql<{ audit_id: string }>('SELECT u.audit_id FROM unnest($2::text[]) u(audit_id) WHERE NOT EXISTS (SELECT FROM assignment_requests r WHERE r.assignment_id = $1 AND r.audit_id = u.audit_id) LIMIT 1', [id, auditIDs])
  if (row !== undefined) throw new AuditweaveError('not-assigned', `Request ${row.audit_id.slice(0, 60)} is not in the sample of this assignment. Label it with the shared labels.`)
}

/** The auditIDs of an assignment's sample, in the order drawn. */
export async function assignmentRequests(id: string): Promise<string[]> {
  const rows = await sql<{ audit_id: string }>('SELECT audit_id FROM assignment_requests WHERE assignment_id = $1 ORDER BY place', [id])
  return rows.map((row) => row.audit_id)
}

/**
 * Draws a sample and assigns it. Requests whose label is the annotator's own are left out: nobody is a second opinion to himself.
 * @throws AuditweaveError 'wrong-state' where the annotator is disabled, 'no-requests' where there is nothing to draw from
 */
export async function createAssignment(datasetId: string, plan: NewAssignment, createdBy: string): Promise<Assignment> {
  const id = newId()
  await inTransaction(async (client) => {
    await enlist(client, plan.annotator)
    const candidates = await readCandidates(client, datasetId, plan)
    const drawn = drawSample(candidates, plan.sample)
    if (drawn.length === 0) throw new AuditweaveError('no-requests', nothingToDraw(plan, candidates.length))
    await client.query('INSERT INTO assignments (id, dataset_id, title, annotator, sample, created_by) VALUES ($1, $2, $3, $4, $5, $6)', [id, datasetId, plan.title, plan.annotator, jsonText(plan.sample), createdBy])
    await client.query('INSERT INTO assignment_requests (assignment_id, audit_id, place) SELECT $1, audit_id, place - 1 FROM unnest($2::text[]) WITH ORDINALITY u(audit_id, place)', [id, drawn])
    await client.query('SELECT pg_notify($1, $2)', [CHANNELS.labels, datasetId])
  })
  return readAssignment(datasetId, id)
}

/** Closes an assignment, so that nothing more is written under it, or opens it again. @throws AuditweaveError 'unknown-assignment' */
export async function setAssignmentState(datasetId: string, id: string, state: AssignmentState): Promise<Assignment> {
  await sql(`UPDATE assignments SET state = $3, closed_at = CASE WHEN $3 = 'closed'::assignment_state THEN COALESCE(closed_at, now()) END WHERE dataset_id = $1 AND id = $2`, [datasetId, id, state])
  return readAssignment(datasetId, id)
}

/** Whoever is named for the first time is an annotator from then on; a token comes when one is given. */
async function enlist(client: PoolClient, name: string): Promise<void> {
  await client.query(`INSERT INTO annotators (id, name, role) VALUES ($1, $2, 'annotator') ON CONFLICT (name) DO NOTHING`, [newId(), name])
  const { rows } = await client.query<{ disabled: boolean }>('SELECT disabled_at IS NOT NULL AS disabled FROM annotators WHERE name = $1', [name])
  if (rows[0]?.disabled) throw new AuditweaveError('wrong-state', `${name} is disabled and cannot label. Choose another annotator.`)
}

async function readCandidates(client: PoolClient, datasetId: string, { annotator, sample }: NewAssignment): Promise<Candidate[]> {
  const { rows } = await client.query<{ audit_id: string; role: string | null; to_label: unknown }>(
    `SELECT e.audit_id, l.role, l.to_label FROM (SELECT DISTINCT audit_id FROM events WHERE dataset_id = $1 AND audit_id <> '') e
     LEFT JOIN LATERAL (SELECT x.role, x.to_label, x.standing, COALESCE(s.actor, x.actor) AS actor FROM label_events x LEFT JOIN label_events s ON s.id = x.set_by
       WHERE x.dataset_id = $1 AND x.audit_id = e.audit_id AND x.assignment_id IS NULL ORDER BY x.id DESC LIMIT 1) l ON true
     WHERE (l.standing IS NULL OR l.standing = 'unlabelled' OR l.actor <> $2) AND ($3 OR l.standing IN ('labelled', 'reviewed', 'automatic'))`,
    [datasetId, annotator, sample.from === 'all'],
  )
  return rows.map((row) => {
    const label = stored<ActionLabel | null>(row.to_label)
    return { auditID: row.audit_id, stratum: label === null ? (row.role ?? 'no label') : labelKey(label) }
  })
}

function nothingToDraw({ annotator, sample }: NewAssignment, candidates: number): string {
  if (candidates > 0) return `The sample would be empty: there are ${candidates} requests to draw from. Ask for more of them.`
  return sample.from === 'labelled' ? `No request bears a label by anybody but ${annotator}. Label some first, or draw from all requests.` : 'This data set has no requests to draw from.'
}

interface Row {
  id: string; dataset_id: string; title: string; annotator: string; sample: unknown; state: AssignmentState; created_by: string; created_at: Date; closed_at: Date | null
  requests: number; labelled: number; skipped: number
}

function toAssignment(row: Row): Assignment {
  return {
    id: row.id, datasetId: row.dataset_id, title: row.title, annotator: row.annotator, sample: stored<AssignmentSample>(row.sample), state: row.state, createdBy: row.created_by,
    createdAt: iso(row.created_at) ?? '', closedAt: iso(row.closed_at), requests: row.requests, labelled: row.labelled, skipped: row.skipped,
  }
}
