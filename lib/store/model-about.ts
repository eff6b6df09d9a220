import { AuditweaveError } from '@/lib/audit/errors'
import { sql } from './database'
import { requireModel } from './models'

/** What people say of a model; its manifest and weights stay what they are. What is left out stays too. */
export interface ModelAbout { readonly note?: string | undefined; readonly tags?: readonly string[] | undefined }

/** @throws AuditweaveError 'unknown-model' */
export async function setModelAbout(id: string, { note, tags }: ModelAbout): Promise<void> {
  const rows = await sql('UPDATE models SET note = COALESCE($2, note), tags = COALESCE($3, tags), updated_at = now() WHERE id = $1 RETURNING id', [id, note ?? null, tags ?? null])
  if (rows.length === 0) await requireModel(id)
}

/** Runs behind published models stay: their figures are traced to them. @throws AuditweaveError 'wrong-state' naming run and model */
export async function keepRunsOfPublished(of: { readonly runs: readonly string[] } | { readonly experiment: string }): Promise<void> {
  const [where, value] = 'runs' in of ? ['r.id = ANY($1)', of.runs] : ['r.experiment_id = $1', of.experiment]
  const [one] = await sql<{ number: number; name: string }>(`SELECT r.number, m.name FROM runs r JOIN models m ON m.run_id = r.id WHERE ${where} AND m.state = 'published' ORDER BY r.number LIMIT 1`, [value])
  if (one) throw new AuditweaveError('wrong-state', `Run ${one.number} made the published model ${one.name}. Archive the model before deleting its run.`)
}
