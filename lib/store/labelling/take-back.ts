import type { PoolClient } from 'pg'
import { AuditweaveError } from '@/lib/audit/errors'
import { inTransaction } from '../database'
import { newId } from '../ids'
import { inverseOf, type ChangedRequest } from './inverse'
import { lockLabels } from './lock'
import { asQuery, readOrigins, readStates, type LabelScope } from './read-states'
import { readTops, type Tops } from './stacks'
import { blankState, toRequestLabel, type RequestState } from './state'
import { originsWanted, STATE_COLUMNS, toState, type StateRow } from './state-rows'
import { written, writtenBefore, type BatchOutcome } from './write-batch'
import { takeIds, writeRows, type NewBatch } from './write-rows'

export interface TakeBack {
  readonly kind: 'undo' | 'redo'
  /** The act that its author expects on top of the stack. */
  readonly batch: string
  /** Made by the client where it may send this twice. */
  readonly id?: string | undefined
  /** What to do about requests that others have labelled since: refuse all, or leave those as they are. */
  readonly changed?: 'refuse' | 'leave' | undefined
}

interface Node { readonly id: string; readonly origin: string; readonly below: string | null; readonly title: string }

/**
 * Undoes an annotator's newest act on a data set, or redoes the one undone last, as an act of its own: what stood before comes back.
 * Where another has labelled a request since, it is a conflict.
 * @throws AuditweaveError 'unknown-dataset', 'wrong-state', 'stale-stack' when another act is on top, 'batch-taken'
 */
export async function takeBack(scope: LabelScope, act: TakeBack, actor: string): Promise<BatchOutcome> {
  return inTransaction(async (client) => {
    await lockLabels(client, scope.datasetId)
    const before = act.id === undefined ? null : await writtenBefore(client, scope, act.id, actor)
    if (before !== null) return before
    const tops = await readTops(client, scope, actor)
    const node = await expectedNode(client, act, act.kind === 'undo' ? tops.undoTop : tops.redoTop)
    const changed = await changedRequests(client, scope, node.id)
    const conflicts = changed.filter(({ relabelled }) => relabelled)
    if (conflicts.length > 0 && act.changed !== 'leave') return { state: 'conflict', conflicts: conflicts.map(({ now }) => ({ auditID: now.auditID, now: toRequestLabel(now) })) }
    const taken = changed.filter(({ relabelled }) => !relabelled)
    const { ids } = await takeIds(client, taken.reduce((sum, { rows }) => sum + rows.length, 0))
    const events = inverseOf(taken, ids)
    await writeRows(client, scope, batchOf(act, actor, node, tops), events)
    const after = new Map<string, RequestState>(events.map((event) => [event.after.auditID, event.after]))
    return written(changed.map(({ now }) => after.get(now.auditID) ?? now))
  })
}

function batchOf(act: TakeBack, actor: string, node: Node, tops: Tops): NewBatch {
  const id = act.id ?? newId()
  const shared = { id, kind: act.kind, title: node.title, actor, undoes: node.id, origin: node.origin }
  if (act.kind === 'undo') return { ...shared, below: tops.redoTop, undoTop: node.below, redoTop: id }
  return { ...shared, below: tops.undoTop, undoTop: id, redoTop: node.below }
}

async function expectedNode(client: PoolClient, act: TakeBack, top: string | null): Promise<Node> {
  if (top === null) throw new AuditweaveError('stale-stack', `There is nothing to ${act.kind}. Load the page again.`)
  const { rows } = await client.query<Node>('SELECT b.id, b.origin, b.below, o.title FROM label_batches b JOIN label_batches o ON o.id = b.origin WHERE b.id = $1', [top])
  const [node] = rows
  if (node === undefined || (act.batch !== node.id && act.batch !== node.origin)) throw new AuditweaveError('stale-stack', `Another act is the next to ${act.kind}${node ? `: ${node.title}` : ''}. Load the page again.`)
  return node
}

type LabelRow = StateRow & { before: string | null }

/** The requests that an act changed: what stood before and after it, and what stands now. */
async function changedRequests(client: PoolClient, scope: LabelScope, batch: string): Promise<ChangedRequest[]> {
  const { rows } = await client.query<LabelRow>(
    `SELECT ${STATE_COLUMNS}, (SELECT p.id FROM label_events p WHERE p.dataset_id = l.dataset_id AND p.audit_id = l.audit_id AND p.id < l.id AND p.assignment_id IS NOT DISTINCT FROM l.assignment_id ORDER BY p.id DESC LIMIT 1) AS before
     FROM label_events l WHERE l.batch_id = $1 ORDER BY l.id`,
    [batch],
  )
  const byRequest = new Map<string, LabelRow[]>()
  for (const row of rows) byRequest.set(row.audit_id, [...(byRequest.get(row.audit_id) ?? []), row])
  const firsts = [...byRequest.values()].map((group) => group[0]?.before ?? null)
  const earlier = await statesAt(client, firsts.filter((id) => id !== null))
  const origins = await readOrigins(asQuery(client), originsWanted(rows))
  const now = await readStates(client, scope, [...byRequest.keys()])
  return now.map((state, i) => {
    const group = byRequest.get(state.auditID) ?? []
    const after = toState(group.at(-1) as StateRow, origins)
    const touched = group.some(({ kind }) => kind === 'label' || kind === 'clear')
    return { now: state, before: earlier.get(Number(firsts[i])) ?? blankState(state.auditID), after, rows: group.map(({ kind, comment }) => ({ kind, comment })), relabelled: touched && state.setBy !== after.setBy }
  })
}

async function statesAt(client: PoolClient, ids: readonly string[]): Promise<Map<number, RequestState>> {
  const { rows } = await client.query<StateRow>(`SELECT ${STATE_COLUMNS} FROM label_events l WHERE l.id = ANY($1::bigint[])`, [ids])
  const origins = await readOrigins(asQuery(client), originsWanted(rows))
  return new Map(rows.map((row) => [Number(row.id), toState(row, origins)]))
}
