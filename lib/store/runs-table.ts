import type { Point } from '@/lib/experiments/points'
import { sql } from './database'
import { RUN_COLUMNS, RUN_TABLES, toRunRow, type SlimRecord } from './run-rows'
import type { Run, RunRow } from './run-types'
import type { JsonObject } from './types'
import { stored } from './values'

/** A run with what a table of runs shows of it: settings, note and measurements too, but no classes and no confusion. */
export type TableRun = RunRow & Pick<Run, 'params' | 'note' | 'points'>

interface TableRecord extends SlimRecord { params: unknown; note: string; points: unknown }

const MOST_RUNS = 10_000

/** The newest runs first, all of them up to 10,000, or those with these ids; and how many there are in all. */
export async function runsForTable({ ids, limit = MOST_RUNS }: { ids?: readonly string[]; limit?: number } = {}): Promise<{ rows: TableRun[]; total: number }> {
  const [counted] = await sql<{ total: number }>('SELECT count(*)::int AS total FROM runs')
  const rows = await sql<TableRecord>(
    `SELECT ${RUN_COLUMNS}, r.params, r.note, r.points ${RUN_TABLES} WHERE $1::text[] IS NULL OR r.id = ANY($1) ORDER BY r.number DESC LIMIT $2`,
    [ids ?? null, Math.min(limit, MOST_RUNS)],
  )
  return { rows: rows.map((row) => ({ ...toRunRow(row), params: stored<JsonObject>(row.params), note: row.note, points: stored<Point[]>(row.points) })), total: counted?.total ?? 0 }
}
