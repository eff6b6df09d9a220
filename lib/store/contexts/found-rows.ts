import type { ListedContext } from '@/lib/contexts/listed-context'
import { sql } from '../database'
import { stored } from '../values'

/** Contexts that one list shows at most. */
export const MOST_CONTEXTS = 200_000

/** All contexts of a reconstruction in order of their triggers, up to MOST_CONTEXTS, and how many there are. */
export async function foundRows(reconstructionId: string, limit = MOST_CONTEXTS): Promise<{ rows: ListedContext[]; total: number }> {
  const rows = await sql<Row>(
    `SELECT id, trigger_micros::float8 AS micros, username AS user, verb, resource, subresource, namespace, name, events, lines, first_micros::float8 AS "firstMicros", last_micros::float8 AS "lastMicros",
       label, lowest_confidence AS lowest, followed, command, corrected
     FROM contexts WHERE reconstruction_id = $1 ORDER BY trigger_micros, id LIMIT $2`,
    [reconstructionId, limit],
  )
  const total = rows.length < limit ? rows.length : await countContexts(reconstructionId)
  return { rows: rows.map((row) => ({ ...row, label: stored(row.label), corrected: stored(row.corrected) })), total }
}

async function countContexts(reconstructionId: string): Promise<number> {
  const [row] = await sql<{ total: number }>('SELECT count(*)::int AS total FROM contexts WHERE reconstruction_id = $1', [reconstructionId])
  return row?.total ?? 0
}

interface Row extends Omit<ListedContext, 'label' | 'corrected'> { label: unknown; corrected: unknown }
