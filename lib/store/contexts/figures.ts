import { sql } from '../database'
import { CHANNELS, notify } from '../notify'
import { jsonText } from '../values'

/** Seconds without a further correction after which figures are worked out anew: acts come in rows. */
const QUIET_SECONDS = 3

/** Reconstructions measured against what is known whose figures are from before their last correction. */
export async function staleFigures(): Promise<{ readonly id: string; readonly revision: number }[]> {
  const rows = await sql<{ id: string; revision: string }>(
    `SELECT r.id, r.revision FROM reconstructions r WHERE r.state = 'done' AND r.figures ? 'truth' AND r.revision <> coalesce((r.figures ->> 'revision')::bigint, 0)
       AND NOT EXISTS (SELECT FROM context_corrections k WHERE k.reconstruction_id = r.id AND k.created_at > now() - make_interval(secs => ${QUIET_SECONDS})) ORDER BY r.id`,
  )
  return rows.map(({ id, revision }) => ({ id, revision: Number(revision) }))
}

/** Keeps figures of the contexts as they stood at a revision. */
export async function keepFigures(id: string, revision: number, figures: object): Promise<void> {
  await sql(`UPDATE reconstructions SET figures = figures || $2::jsonb WHERE id = $1 AND state = 'done'`, [id, jsonText({ ...figures, revision })])
  await notify(CHANNELS.reconstructions, id)
}
