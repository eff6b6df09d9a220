import { labelRule } from '@/lib/labelling/background/label-rules'
import type { ActionLabel } from '@/lib/labels/action-label'
import type { SideRating } from '@/lib/labelling/agreement/sides'
import type { Role } from '@/lib/labelling/types'
import { sql } from '../database'
import { iso, stored } from '../values'

export interface MachineRatings {
  readonly reconstruction: string
  /** A model's name, or the method where none took part. */
  readonly name: string
  readonly model: ReadonlyMap<string, SideRating>
  /** What named rules that hold always set apart, whatever the model says. */
  readonly rules: ReadonlyMap<string, SideRating>
}

/** The newest finished reconstruction of a data set that people label beside; null where there is none. */
export async function newestReconstruction(datasetId: string): Promise<{ id: string; name: string; at: string | null } | null> {
  const [row] = await sql<{ id: string; method: string; model_name: string | null; finished_at: Date | null }>(
    `SELECT id, method, model_name, finished_at FROM reconstructions WHERE dataset_id = $1 AND state = 'done' ORDER BY finished_at DESC, id LIMIT 1`,
    [datasetId],
  )
  return row === undefined ? null : { id: row.id, name: row.model_name ?? row.method, at: iso(row.finished_at) }
}

/** What the newest reconstruction and the background rules say of each request. */
export async function machineRatings(datasetId: string): Promise<MachineRatings | null> {
  const source = await newestReconstruction(datasetId)
  if (source === null) return null
  const rows = await sql<Row>(
    `SELECT DISTINCT ON (l.audit_id) l.audit_id, l.role, l.label, l.confidence, l.context_id, l.links, l.evidence -> 'rules' AS rules
     FROM reconstructed_lines l WHERE l.reconstruction_id = $1 ORDER BY l.audit_id, l.seq DESC`,
    [source.id],
  )
  const model = new Map<string, SideRating>()
  const rules = new Map<string, SideRating>()
  for (const row of rows) {
    model.set(row.audit_id, { role: row.role, label: stored(row.label), context: row.context_id, by: source.name, at: source.at, probability: row.confidence, reason: linkReason(row) })
    const rule = ruleRating(row.rules ?? [])
    if (rule !== null) rules.set(row.audit_id, rule)
  }
  return { reconstruction: source.id, name: source.name, model, rules }
}

interface Row {
  audit_id: string; role: Role; label: ActionLabel | null; confidence: number | null; context_id: string | null; links: unknown; rules: string[] | null
}

/** The first rule of ours that holds always; those that yield to links contradict nobody. */
function ruleRating(ids: readonly string[]): SideRating | null {
  const rule = ids.map(labelRule).find((one) => one?.set === 'ours' && one.certainty === 'always')
  return rule ? { role: rule.role, label: null, context: null, by: rule.id, at: null, probability: null, reason: rule.reason } : null
}

/** The strongest link's key: "owner ReplicaSet default/web-7d". */
function linkReason(row: Row): string | null {
  const links = stored<readonly { readonly key: string; readonly score: number }[]>(row.links)
  const [best] = [...links].sort((a, b) => b.score - a.score)
  return best?.key ?? null
}
