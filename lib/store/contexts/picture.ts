import type { AuditEvent } from '@/lib/audit/event'
import { AuditweaveError } from '@/lib/audit/errors'
import type { ContextCorrected } from '@/lib/contexts/corrections/types'
import type { Link, Role } from '@/lib/contexts/types'
import { makePicture, MOST_LINES } from '@/lib/contexts/view/make-picture'
import type { ContextPicture, PictureLine } from '@/lib/contexts/view/picture'
import { pictureLine } from '@/lib/contexts/view/picture-line'
import { sql } from '../database'
import { stored } from '../values'

/** Bodies that are in memory at once. */
const BATCH = 500

/** A context of a reconstruction as the reader's page draws it, and the revision it shows. @throws AuditweaveError 'unknown-context' */
export async function readPicture(reconstructionId: string, contextId: string): Promise<{ picture: ContextPicture; revision: number }> {
  const [row] = await sql<ContextRow>(
    `SELECT c.trigger_audit_id, c.label, c.command, c.corrected, c.lines, r.dataset_id, r.revision::float8 AS revision,
       (SELECT p.id FROM contexts p WHERE p.reconstruction_id = $1 AND (p.trigger_micros, p.id) < (c.trigger_micros, c.id) ORDER BY p.trigger_micros DESC, p.id DESC LIMIT 1) AS previous,
       (SELECT n.id FROM contexts n WHERE n.reconstruction_id = $1 AND (n.trigger_micros, n.id) > (c.trigger_micros, c.id) ORDER BY n.trigger_micros, n.id LIMIT 1) AS next
     FROM contexts c JOIN reconstructions r ON r.id = c.reconstruction_id WHERE c.reconstruction_id = $1 AND c.id = $2`,
    [reconstructionId, contextId],
  )
  if (row === undefined) throw new AuditweaveError('unknown-context', `There is no context ${contextId.slice(0, 40)} in this reconstruction; it may have been merged into another, or the reconstruction deleted.`)
  const lines = await pictureLines(reconstructionId, row.dataset_id, contextId)
  const about = { id: contextId, trigger: row.trigger_audit_id, label: stored<ContextPicture['context']['label']>(row.label), previous: row.previous, next: row.next, omitted: Math.max(0, row.lines - lines.length), command: await commandOf(reconstructionId, contextId, row.command), corrected: stored<ContextCorrected | null>(row.corrected) }
  return { picture: makePicture(about, lines), revision: row.revision }
}

async function pictureLines(reconstructionId: string, datasetId: string, contextId: string): Promise<PictureLine[]> {
  const verdicts = await sql<VerdictRow>(
    `SELECT l.seq, l.role, l.confidence, l.links, l.correction IS NOT NULL AS corrected FROM reconstructed_lines l JOIN events e ON e.dataset_id = $3 AND e.seq = l.seq
     WHERE l.reconstruction_id = $1 AND l.context_id = $2 ORDER BY e.received_micros, l.seq LIMIT $4`,
    [reconstructionId, contextId, datasetId, MOST_LINES],
  )
  const lines: PictureLine[] = []
  for (let at = 0; at < verdicts.length; at += BATCH) {
    const batch = verdicts.slice(at, at + BATCH)
    const bodies = await sql<{ seq: number; body: AuditEvent }>('SELECT seq, body FROM events WHERE dataset_id = $1 AND seq = ANY($2::int[])', [datasetId, batch.map(({ seq }) => seq)])
    const bySeq = new Map(bodies.map(({ seq, body }) => [seq, body]))
    for (const { links, ...verdict } of batch) {
      const event = bySeq.get(verdict.seq)
      if (event) lines.push(pictureLine(event, { ...verdict, links: stored<Link[]>(links) }))
    }
  }
  return lines
}

/** The client invocation that a context is part of, and its place there. */
async function commandOf(reconstructionId: string, contextId: string, command: string | null): Promise<ContextPicture['context']['command']> {
  if (command === null) return null
  const rows = await sql<{ id: string }>('SELECT id FROM contexts WHERE reconstruction_id = $1 AND command = $2 ORDER BY trigger_micros, id', [reconstructionId, command])
  const place = rows.findIndex(({ id }) => id === contextId)
  return { id: command, contexts: rows.length, place: place < 0 ? null : place + 1 }
}

interface ContextRow { trigger_audit_id: string; label: unknown; command: string | null; corrected: unknown; lines: number; dataset_id: string; revision: number; previous: string | null; next: string | null }
interface VerdictRow { seq: number; role: Role; confidence: number | null; links: unknown; corrected: boolean }
