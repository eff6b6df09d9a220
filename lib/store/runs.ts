import { AuditweaveError } from '@/lib/audit/errors'
import { sql } from './database'
import { clamp, Filter } from './filter'
import { keepRunsOfPublished } from './model-about'
import { CHANNELS, notify } from './notify'
import { runOrder } from './run-order'
import { FULL_RUN, RUN_COLUMNS, RUN_TABLES, toRun, toRunRow, type FullRecord, type SlimRecord } from './run-rows'
import type { Run, RunKind, RunRow } from './run-types'
import type { Page, RunState } from './types'

export type { NewRun, Run, RunKind, RunProgress, RunRow } from './run-types'

export interface RunQuery {
  readonly experimentId?: string
  readonly datasetId?: string
  readonly state?: readonly RunState[]
  readonly kind?: RunKind
  readonly protocol?: string
  readonly preset?: string
  /** Substring of name, preset, experiment, data set or tag. */
  readonly q?: string
  readonly sort?: string
  readonly descending?: boolean
  readonly offset?: number
  readonly limit?: number
}

const MOST_RUNS = 10_000

/** Runs by page, the newest first unless sorted otherwise; up to 10,000 at once. */
export async function listRuns(query: RunQuery = {}): Promise<Page<RunRow>> {
  const filter = new Filter()
    .add(query.experimentId, (p) => `r.experiment_id = ${p}`)
    .add(query.datasetId, (p) => `r.dataset_id = ${p}`)
    .add(query.state, (p) => `r.state = ANY(${p}::run_state[])`)
    .add(query.kind, (p) => `r.kind = ${p}::run_kind`)
    .add(query.protocol, (p) => `r.protocol = ${p}`)
    .add(query.preset, (p) => `r.preset = ${p}`)
    .contains(query.q, ['r.name', 'r.preset', 'x.name', 'd.name', `array_to_string(r.tags, ' ')`])
  const [counted] = await sql<{ total: number }>(`SELECT count(*)::int AS total ${RUN_TABLES} ${filter.where}`, filter.values)
  const order = runOrder(query.sort ?? 'number', query.descending ?? query.sort === undefined, filter)
  const [limit, offset] = [filter.parameter(clamp(query.limit, MOST_RUNS, MOST_RUNS)), filter.parameter(clamp(query.offset, 0, 2 ** 31))]
  const rows = await sql<SlimRecord>(`SELECT ${RUN_COLUMNS} ${RUN_TABLES} ${filter.where} ${order} LIMIT ${limit} OFFSET ${offset}`, filter.values)
  return { rows: rows.map(toRunRow), total: counted?.total ?? 0 }
}

/** By id or by number; null when there is none. */
export async function getRun(idOrNumber: string | number): Promise<Run | null> {
  const number = /^\d{1,9}$/.test(String(idOrNumber)) ? Number(idOrNumber) : null
  const [row] = await sql<FullRecord>(`${FULL_RUN} WHERE r.id = $1 OR r.number = $2 LIMIT 1`, [String(idOrNumber), number])
  return row === undefined ? null : toRun(row)
}

/** @throws AuditweaveError 'unknown-run' */
export async function requireRun(idOrNumber: string | number): Promise<Run> {
  const run = await getRun(idOrNumber)
  if (run === null) throw new AuditweaveError('unknown-run', `There is no run "${String(idOrNumber).slice(0, 40)}"; it may have been deleted. See the list of runs.`)
  return run
}

/** In the order asked; unknown ids are left out. */
export async function getRuns(ids: readonly string[]): Promise<Run[]> {
  const rows = await sql<FullRecord>(`${FULL_RUN} WHERE r.id = ANY($1) ORDER BY array_position($1, r.id)`, [ids])
  return rows.map(toRun)
}

/**
 * Deletes runs with their epochs and checkpoints; models made from them stay.
 * @throws AuditweaveError 'wrong-state' when one of them is running, or made a published model
 */
export async function deleteRuns(ids: readonly string[]): Promise<number> {
  await keepRunsOfPublished({ runs: ids })
  const busy = await sql<{ number: number }>(`SELECT number FROM runs WHERE id = ANY($1) AND state = 'running'`, [ids])
  if (busy.length > 0) throw new AuditweaveError('wrong-state', `Run ${busy.map((row) => row.number).join(', ')} is running. Stop it before deleting it.`)
  const gone = await sql<{ id: string }>(`DELETE FROM runs WHERE id = ANY($1) AND state <> 'running' RETURNING id`, [ids])
  for (const { id } of gone) await notify(CHANNELS.runs, id)
  return gone.length
}

export async function setRunNote(id: string, note: string): Promise<void> {
  await changed(id, await sql('UPDATE runs SET note = $2 WHERE id = $1 RETURNING id', [id, note]))
}

export async function setRunTags(id: string, tags: readonly string[]): Promise<void> {
  await changed(id, await sql('UPDATE runs SET tags = $2 WHERE id = $1 RETURNING id', [id, tags]))
}

export async function setRunPinned(id: string, pinned: boolean): Promise<void> {
  await changed(id, await sql('UPDATE runs SET pinned = $2 WHERE id = $1 RETURNING id', [id, pinned]))
}

/** How many runs are in each state. */
export async function runningCounts(): Promise<Record<RunState, number>> {
  const counts: Record<RunState, number> = { queued: 0, running: 0, done: 0, failed: 0, stopped: 0 }
  for (const { state, count } of await sql<{ state: RunState; count: number }>('SELECT state, count(*)::int AS count FROM runs GROUP BY state')) counts[state] = count
  return counts
}

async function changed(id: string, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) throw new AuditweaveError('unknown-run', `There is no run "${id}"; it may have been deleted.`)
  await notify(CHANNELS.runs, id)
}
