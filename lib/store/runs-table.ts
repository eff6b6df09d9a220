import type { Point } from '@/lib/experiments/points'
import { sql } from './database'
import { RUN_COLUMNS, RUN_TABLES, toRunRow, type SlimRecord } from './run-rows'
import type { RunRow } from './run-types'
import type { JsonObject } from './types'
import { stored } from './values'

/** A run with what a table of runs shows of it: settings, note and measurements too, but no classes and no confusion. */
export interface TableRun extends RunRow {
  readonly kind: 'train' | 'measure'
  readonly params: JsonObject
  readonly note: string
  readonly points: readonly Point[]
  readonly endedEarly: string | null
}

interface TableRecord extends SlimRecord { kind: 'train' | 'measure'; params: unknown; note: string; points: unknown; ended_early: string | null }

const MOST_RUNS = 10_000

/** The newest runs first, all of them up to 10,000, or those with these ids; and how many there are in all. */
export async function runsForTable({ ids, limit = MOST_RUNS }: { ids?: readonly string[]; limit?: number } = {}): Promise<{ rows: TableRun[]; total: number }> {
  const [counted] = await sql<{ total: number }>('SELECT count(*)::int AS total FROM runs')
  const rows = await sql<TableRecord>(
    `SELECT ${RUN_COLUMNS}, r.kind, r.params, r.note, r.points, r.ended_early ${RUN_TABLES} WHERE $1::text[] IS NULL OR r.id = ANY($1) ORDER BY r.number DESC LIMIT $2`,
    [ids ?? null, Math.min(limit, MOST_RUNS)],
  )
  return { rows: rows.map(toTableRun), total: counted?.total ?? 0 }
}

function toTableRun(row: TableRecord): TableRun {
  return { ...toRunRow(row), kind: row.kind, params: stored(row.params), note: row.note, points: stored(row.points), endedEarly: row.ended_early }
}
