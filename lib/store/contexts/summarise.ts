import type { PoolClient } from 'pg'

/** Groups of actions that a summary names; the rest is counted. */
const MOST_GROUPS = 3

/**
 * Writes what lists show beside contexts: lines, lowest confidence, and what followed the trigger ("6 × patch pods/status, 2 more"). Of all
 * contexts of a reconstruction, or of those named.
 */
export async function summariseContexts(client: PoolClient, reconstructionId: string, ids: readonly string[] | null): Promise<void> {
  const chosen = ids === null ? 'l.context_id IS NOT NULL' : 'l.context_id = ANY($2::text[])'
  await client.query(
    `WITH own AS MATERIALIZED (
       SELECT l.context_id AS id, l.audit_id, l.confidence, l.seq, r.dataset_id FROM reconstructed_lines l JOIN reconstructions r ON r.id = l.reconstruction_id
       WHERE l.reconstruction_id = $1 AND ${chosen}
     ), counted AS (SELECT id, count(*)::int AS lines, min(confidence) AS lowest FROM own GROUP BY id
     ), actions AS (
       SELECT o.id, concat(coalesce(e.verb, '?'), ' ', coalesce(e.resource, 'no object'), '/' || nullif(e.subresource, '')) AS action, count(DISTINCT o.audit_id)::int AS times
       FROM own o JOIN events e ON e.dataset_id = o.dataset_id AND e.seq = o.seq JOIN contexts c ON c.reconstruction_id = $1 AND c.id = o.id
       WHERE o.audit_id <> c.trigger_audit_id GROUP BY 1, 2
     ), ranked AS (SELECT *, row_number() OVER (PARTITION BY id ORDER BY times DESC, action COLLATE "C") AS place FROM actions
     ), told AS (
       SELECT id, concat_ws(', ', string_agg(times || ' × ' || action, ', ' ORDER BY place) FILTER (WHERE place <= ${MOST_GROUPS}), sum(times) FILTER (WHERE place > ${MOST_GROUPS}) || ' more') AS followed
       FROM ranked GROUP BY id
     )
     UPDATE contexts c SET lines = n.lines, lowest_confidence = n.lowest, followed = left(coalesce(t.followed, ''), 1000)
     FROM counted n LEFT JOIN told t ON t.id = n.id WHERE c.reconstruction_id = $1 AND c.id = n.id`,
    ids === null ? [reconstructionId] : [reconstructionId, ids],
  )
}

/** Reads members, their count and their times anew from the lines; contexts of which nothing is left go. */
export async function gatherContexts(client: PoolClient, reconstructionId: string, ids: readonly string[]): Promise<void> {
  await client.query(
    `DELETE FROM contexts c WHERE c.reconstruction_id = $1 AND c.id = ANY($2::text[])
       AND NOT EXISTS (SELECT FROM reconstructed_lines l WHERE l.reconstruction_id = $1 AND l.context_id = c.id)`,
    [reconstructionId, ids],
  )
  await client.query(
    `WITH members AS (
       SELECT l.context_id AS id, l.audit_id, min(e.received_micros) AS micros, min(e.seq) AS seq FROM reconstructed_lines l
       JOIN reconstructions r ON r.id = l.reconstruction_id JOIN events e ON e.dataset_id = r.dataset_id AND e.seq = l.seq
       WHERE l.reconstruction_id = $1 AND l.context_id = ANY($2::text[]) GROUP BY 1, 2
     ), gathered AS (
       SELECT id, count(*)::int AS events, min(micros) AS first, max(micros) AS last, array_agg(audit_id ORDER BY micros, seq) AS members FROM members GROUP BY id
     )
     UPDATE contexts c SET events = g.events, first_micros = g.first, last_micros = g.last, members = g.members
     FROM gathered g WHERE c.reconstruction_id = $1 AND c.id = g.id`,
    [reconstructionId, ids],
  )
  await summariseContexts(client, reconstructionId, ids)
}
