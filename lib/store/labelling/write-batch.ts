import type { PoolClient } from 'pg'
import { AuditweaveError } from '@/lib/audit/errors'
import type { BatchKind, LabelBatch, LabelChange, RequestLabel } from '@/lib/labelling/types'
import { inTransaction } from '../database'
import { LabelCache } from '../truth-records'
import { columnText } from '../values'
import { lockLabels } from './lock'
import { readStates, type LabelScope } from './read-states'
import { readTops } from './stacks'
import { toRequestLabel, type RequestState, type StoredStanding } from './state'
import { takeIds, writeRows, type NewEvent } from './write-rows'

/** What became of an act: it is stored, or another has changed one of its requests meanwhile and nothing is. */
export type BatchOutcome =
  | { readonly state: 'written'; readonly newest: number; readonly labels: RequestLabel[] }
  | { readonly state: 'conflict'; readonly conflicts: { readonly auditID: string; readonly now: RequestLabel }[] }

/**
 * Carries out one act of labelling, all of it or nothing; a batch that is there already is not carried out again. `actor` is an annotator's name.
 * A label or clear is refused where another has labelled the request after what its author had `seen`; marks and comments overwrite nothing.
 * @throws AuditweaveError 'unknown-dataset', 'wrong-state', 'unknown-request', 'unknown-verb', 'batch-taken'
 */
export async function writeBatch(datasetId: string, batch: LabelBatch, actor: string): Promise<BatchOutcome> {
  return inTransaction(async (client) => {
    await lockLabels(client, datasetId)
    const scope = { datasetId, assignment: batch.assignment }
    const before = await writtenBefore(client, scope, batch.id, actor)
    if (before !== null) return before
    const changes = batch.changes.map((change) => ({ ...change, auditID: columnText(change.auditID) ?? '' }))
    const states = new Map((await readStates(client, scope, [...new Set(changes.map(({ auditID }) => auditID))])).map((state) => [state.auditID, state]))
    const conflicts = await findConflicts(client, scope, changes, states, actor)
    if (conflicts.length > 0) return { state: 'conflict', conflicts: conflicts.map((state) => ({ auditID: state.auditID, now: toRequestLabel(state) })) }
    const { ids, at } = await takeIds(client, changes.length)
    const events = applyChanges(changes, states, { ids, at, actor, standing: standingOf(batch.kind) })
    const { undoTop } = await readTops(client, scope, actor)
    await writeRows(client, scope, { id: batch.id, kind: batch.kind, title: batch.title, actor, undoes: null, origin: batch.id, below: undoTop, undoTop: batch.id, redoTop: null }, events)
    return written([...states.values()])
  })
}

export function written(states: readonly RequestState[]): BatchOutcome {
  return { state: 'written', newest: states.reduce((most, { newest }) => Math.max(most, newest), 0), labels: states.map(toRequestLabel) }
}

/** The outcome of an act that is stored already, as its requests stand now; null when it is not. */
export async function writtenBefore(client: PoolClient, scope: LabelScope, id: string, actor: string): Promise<BatchOutcome | null> {
  const { rows } = await client.query<{ own: boolean }>('SELECT dataset_id = $2 AND actor = $3 AND assignment_id IS NOT DISTINCT FROM $4 AS own FROM label_batches WHERE id = $1', [id, scope.datasetId, actor, scope.assignment])
  if (rows[0] === undefined) return null
  if (!rows[0].own) throw new AuditweaveError('batch-taken', 'Another act bears this id. Make a new random one for each act.')
  const { rows: changed } = await client.query<{ audit_id: string }>('SELECT audit_id FROM label_events WHERE batch_id = $1 GROUP BY audit_id ORDER BY min(id)', [id])
  return written(await readStates(client, scope, changed.map((row) => row.audit_id)))
}

function standingOf(kind: BatchKind): StoredStanding {
  if (kind === 'rule') return 'automatic'
  return kind === 'adjudicate' ? 'reviewed' : 'labelled'
}

/** The requests whose label another has changed since the author of a change saw them. */
async function findConflicts(client: PoolClient, scope: LabelScope, changes: readonly LabelChange[], states: ReadonlyMap<string, RequestState>, actor: string): Promise<RequestState[]> {
  const doubtful = changes.filter(({ auditID, act, seen }) => (act.kind === 'label' || act.kind === 'clear') && (states.get(auditID)?.newest ?? 0) > seen)
  if (doubtful.length === 0) return []
  const { rows } = await client.query<{ audit_id: string }>(
    `SELECT DISTINCT u.audit_id FROM unnest($2::text[], $3::bigint[]) u(audit_id, seen)
     WHERE EXISTS (SELECT FROM label_events l WHERE l.dataset_id = $1 AND l.audit_id = u.audit_id AND l.id > u.seen AND l.actor <> $4 AND l.kind IN ('label', 'clear') AND l.assignment_id IS NOT DISTINCT FROM $5)`,
    [scope.datasetId, doubtful.map(({ auditID }) => auditID), doubtful.map(({ seen }) => seen), actor, scope.assignment],
  )
  return rows.flatMap((row) => states.get(row.audit_id) ?? [])
}

interface Applying { readonly ids: readonly number[]; readonly at: string; readonly actor: string; readonly standing: StoredStanding }

/** Folds the changes into `states`, which then hold what stands after them; a request may be changed more than once. */
function applyChanges(changes: readonly LabelChange[], states: Map<string, RequestState>, by: Applying): NewEvent[] {
  const labels = new LabelCache()
  return changes.map((change, i) => {
    const before = states.get(change.auditID) as RequestState
    const after = { ...applyAct(before, change, { ...by, id: by.ids[i] as number, labels }), newest: by.ids[i] as number }
    states.set(change.auditID, after)
    return { kind: change.act.kind, from: before.label, after, suggestion: change.suggestion, comment: change.act.kind === 'comment' ? change.act.text : null }
  })
}

function applyAct(before: RequestState, { act }: LabelChange, by: { id: number; at: string; actor: string; standing: StoredStanding; labels: LabelCache }): RequestState {
  const given = { setBy: by.id, actor: by.actor, at: by.at, skipped: false }
  switch (act.kind) {
    case 'label': return { ...before, ...given, standing: by.standing, role: act.role, context: columnText(act.context), label: act.label === null ? null : by.labels.of(act.label) }
    case 'clear': return { ...before, ...given, standing: 'unlabelled', role: null, context: null, label: null }
    case 'flag': return { ...before, flagged: true }
    case 'unflag': return { ...before, flagged: false }
    case 'comment': return { ...before, comments: before.comments + 1 }
    case 'skip': return { ...before, skipped: true }
  }
}
