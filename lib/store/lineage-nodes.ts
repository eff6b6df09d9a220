import { sql } from './database'
import type { Members } from './lineage-members'
import type { LineageEdge, LineageNode } from '@/lib/experiments/lineage'
import { iso } from './values'

/** Nodes of one kind, the newest first, with what they were made of, and how many there are in all. */
export interface NodeList { readonly nodes: readonly LineageNode[]; readonly edges: readonly LineageEdge[]; readonly total: number }

interface Row { id: string; title: string; version: string | null; hash: string | null; at: Date; note: string | null; sources: string[] }

// `sources` are the keys of what a thing was made of.
const QUERIES: Readonly<Record<'dataset' | 'experiment' | 'run' | 'model' | 'reconstruction', string>> = {
  dataset: `SELECT id, name AS title, 'version ' || version AS version, sha256 AS hash, created_at AS at, concat_ws(', ', events || ' events', operation ->> 'kind') AS note,
    COALESCE((SELECT array_agg('dataset/' || p.parent_id ORDER BY p.place) FROM dataset_parents p WHERE p.dataset_id = datasets.id AND p.parent_id IS NOT NULL), ARRAY[]::text[]) AS sources FROM datasets`,
  experiment: `SELECT x.id, x.name AS title, NULL AS version, NULL AS hash, x.created_at AS at, x.scale || ' scale' AS note, ARRAY['dataset/' || x.dataset_id] AS sources FROM experiments x`,
  run: `SELECT r.id, '#' || r.number || ' ' || r.name AS title, 'Auditweave ' || (r.environment ->> 'version') AS version, NULL AS hash, COALESCE(r.finished_at, r.created_at) AS at,
    r.protocol || ', seed ' || r.seed || COALESCE(', data version ' || r.dataset_version, '') || CASE WHEN r.state = 'done' THEN '' ELSE ', ' || r.state END AS note,
    array_remove(ARRAY[CASE WHEN r.experiment_id IS NULL THEN 'dataset/' || r.dataset_id ELSE 'experiment/' || r.experiment_id END, 'run/' || r.cloned_from_id], NULL) AS sources FROM runs r`,
  model: `SELECT id, name AS title, NULL AS version, sha256 AS hash, created_at AS at, concat_ws(', ', state::text, CASE WHEN is_default THEN 'default' END, 'data ' || left(manifest #>> '{data,sha256}', 12)) AS note,
    array_remove(ARRAY['run/' || run_id], NULL) AS sources FROM models`,
  reconstruction: `SELECT id, method AS title, NULL AS version, NULL AS hash, COALESCE(finished_at, created_at) AS at, state::text AS note, array_remove(ARRAY['model/' || model_id, 'dataset/' || dataset_id], NULL) AS sources FROM reconstructions`,
}

/** The newest `most` of these ids. */
export async function lineageNodes(kind: keyof typeof QUERIES, ids: readonly string[], most: number): Promise<NodeList> {
  if (ids.length === 0) return { nodes: [], edges: [], total: 0 }
  const rows = await sql<Row & Record<string, unknown>>(`SELECT * FROM (${QUERIES[kind]}) every WHERE id = ANY($1) ORDER BY at DESC, id LIMIT $2`, [ids, most])
  return {
    nodes: rows.map(({ id, title, version, hash, at, note }) => ({ kind, id, title, version, hash, at: iso(at) ?? '', note: note ?? '' })),
    edges: rows.flatMap(({ id, sources }) => sources.map((from) => ({ from, to: `${kind}/${id}` }))),
    total: ids.length,
  }
}

/** The notebooks that name them, with what they name. */
export async function notebookNodes(naming: readonly { notebook: string; id: string }[], members: Members, most: number): Promise<NodeList> {
  const ids = [...new Set(naming.map(({ notebook }) => notebook))]
  const rows = await sql<{ id: string; title: string; revision: number; updated_at: Date }>('SELECT id, title, revision, updated_at FROM notebooks WHERE id = ANY($1) ORDER BY updated_at DESC LIMIT $2', [ids, most])
  const kindOf = new Map<string, string>([
    ...members.datasets.map((id) => [id, 'dataset'] as const), ...members.experiments.map((id) => [id, 'experiment'] as const), ...members.runs.map((id) => [id, 'run'] as const), ...members.models.map((id) => [id, 'model'] as const),
  ])
  return {
    nodes: rows.map(({ id, title, revision, updated_at }) => ({ kind: 'notebook', id, title, version: `revision ${revision}`, hash: null, at: iso(updated_at) ?? '', note: '' })),
    edges: naming.flatMap(({ notebook, id }) => { const kind = kindOf.get(id); return kind === undefined ? [] : [{ from: `${kind}/${id}`, to: `notebook/${notebook}` }] }),
    total: ids.length,
  }
}
