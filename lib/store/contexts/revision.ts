import { sql } from '../database'

/** Changes whenever what a reconstruction says changes: with its end, and with every correction by hand or undo of one. '' where there is none. */
export async function foundRevision(reconstructionId: string): Promise<string> {
  const [row] = await sql<{ revision: string; state: string }>('SELECT revision, state FROM reconstructions WHERE id = $1', [reconstructionId])
  return row === undefined ? '' : `${row.state}-${row.revision}`
}
