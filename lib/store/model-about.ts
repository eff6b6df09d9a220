import { sql } from './database'
import { requireModel } from './models'

/** What people say of a model; its manifest and weights stay what they are. @throws AuditweaveError 'unknown-model' */
export async function setModelNote(id: string, note: string): Promise<void> {
  const rows = await sql('UPDATE models SET note = $2, updated_at = now() WHERE id = $1 RETURNING id', [id, note])
  if (rows.length === 0) await requireModel(id)
}
