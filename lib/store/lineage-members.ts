import { sql } from './database'
import type { LineageStart } from '@/lib/experiments/lineage'

/** The ids of all that belongs to a lineage, by table. */
export interface Members {
  readonly datasets: readonly string[]
  readonly experiments: readonly string[]
  readonly runs: readonly string[]
  readonly models: readonly string[]
  readonly reconstructions: readonly string[]
}

interface Found { datasets: string[] | null; experiments: string[] | null; runs: string[] | null; models: string[] | null; reconstructions: string[] | null }

// What each kind of thing was made of and what came of it. Each statement gives one row of id lists.
const RUN_FAMILY = `SELECT array_agg(DISTINCT r.dataset_id) AS datasets, array_agg(DISTINCT r.experiment_id) FILTER (WHERE r.experiment_id IS NOT NULL) AS experiments,
  array_agg(DISTINCT r.id) AS runs, array_agg(DISTINCT m.id) FILTER (WHERE m.id IS NOT NULL) AS models, array_agg(DISTINCT c.id) FILTER (WHERE c.id IS NOT NULL) AS reconstructions
  FROM runs r LEFT JOIN models m ON m.run_id = r.id LEFT JOIN reconstructions c ON c.model_id = m.id`

const MEMBERS: Readonly<Record<Exclude<LineageStart, 'notebook'>, string>> = {
  dataset: `SELECT ARRAY[$1::text] AS datasets, (SELECT array_agg(id) FROM experiments WHERE dataset_id = $1) AS experiments, (SELECT array_agg(id) FROM runs WHERE dataset_id = $1) AS runs,
    (SELECT array_agg(m.id) FROM models m JOIN runs r ON r.id = m.run_id WHERE r.dataset_id = $1) AS models, (SELECT array_agg(id) FROM reconstructions WHERE dataset_id = $1) AS reconstructions`,
  experiment: `SELECT array_agg(DISTINCT x.dataset_id) AS datasets, ARRAY[$1::text] AS experiments, f.runs, f.models, f.reconstructions FROM experiments x, (${RUN_FAMILY} WHERE r.experiment_id = $1) f WHERE x.id = $1 GROUP BY f.runs, f.models, f.reconstructions`,
  run: `${RUN_FAMILY} WHERE r.id = $1 OR r.id = (SELECT cloned_from_id FROM runs WHERE id = $1)`,
  model: `SELECT array_remove(array_agg(DISTINCT r.dataset_id) || array_agg(DISTINCT c.dataset_id), NULL) AS datasets, array_remove(array_agg(DISTINCT r.experiment_id), NULL) AS experiments,
    array_remove(array_agg(DISTINCT r.id), NULL) AS runs, ARRAY[$1::text] AS models, array_remove(array_agg(DISTINCT c.id), NULL) AS reconstructions
    FROM models m LEFT JOIN runs r ON r.id = m.run_id LEFT JOIN reconstructions c ON c.model_id = m.id WHERE m.id = $1`,
  reconstruction: `SELECT array_remove(ARRAY[c.dataset_id, r.dataset_id], NULL) AS datasets, array_remove(ARRAY[r.experiment_id], NULL) AS experiments, array_remove(ARRAY[r.id], NULL) AS runs,
    array_remove(ARRAY[m.id], NULL) AS models, ARRAY[c.id] AS reconstructions
    FROM reconstructions c LEFT JOIN models m ON m.id = c.model_id LEFT JOIN runs r ON r.id = m.run_id WHERE c.id = $1`,
}

/** All that one thing was made of, and all that came of it. */
export async function lineageMembers(kind: LineageStart, id: string): Promise<Members> {
  if (kind === 'notebook') return notebookMembers(id)
  const [row] = await sql<Found & Record<string, unknown>>(MEMBERS[kind], [id])
  const members = toMembers(row)
  return { ...members, datasets: await datasetFamily(members.datasets, kind === 'dataset') }
}

/** Data sets with all that they were made from, and where asked all that was made from them. */
async function datasetFamily(ids: readonly string[], descendants: boolean): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    `WITH RECURSIVE up(id) AS (SELECT unnest($1::text[]) UNION SELECT p.parent_id FROM dataset_parents p JOIN up ON up.id = p.dataset_id WHERE p.parent_id IS NOT NULL),
       down(id) AS (SELECT unnest($1::text[]) UNION SELECT p.dataset_id FROM dataset_parents p JOIN down ON down.id = p.parent_id)
     SELECT id FROM up UNION SELECT id FROM down WHERE $2`,
    [ids, descendants],
  )
  return rows.map((row) => row.id)
}

/** What a notebook's outputs name: launches, runs and data sets by their ids. */
async function notebookMembers(id: string): Promise<Members> {
  const named = [...(await notebookNames([id])).values()].flatMap((names) => [...names])
  const [row] = await sql<Found & Record<string, unknown>>(
    `SELECT array_agg(DISTINCT x.id) FILTER (WHERE x.id IS NOT NULL) AS experiments, (SELECT array_agg(id) FROM runs WHERE id = ANY($1)) AS runs,
       (SELECT array_agg(DISTINCT d) FROM (SELECT id AS d FROM datasets WHERE id = ANY($1) UNION SELECT dataset_id FROM runs WHERE id = ANY($1) UNION SELECT dataset_id FROM experiments WHERE id = ANY($1)) all_of) AS datasets,
       (SELECT array_agg(id) FROM models WHERE id = ANY($1)) AS models, NULL::text[] AS reconstructions
     FROM experiments x WHERE x.id = ANY($1) OR x.id IN (SELECT experiment_id FROM runs WHERE id = ANY($1))`,
    [named],
  )
  return toMembers(row)
}

/** Every text in the outputs of notebooks that could be an id, by notebook. */
async function notebookNames(ids: readonly string[]): Promise<Map<string, Set<string>>> {
  const rows = await sql<{ id: string; name: string }>(
    `SELECT DISTINCT n.id, t.text #>> '{}' AS name FROM notebooks n, jsonb_path_query(n.outputs, '$.** ? (@.type() == "string" && @ like_regex "^[0-9a-z]{12}$")') t(text) WHERE n.id = ANY($1)`,
    [ids],
  )
  const names = new Map<string, Set<string>>()
  for (const { id, name } of rows) names.set(id, (names.get(id) ?? new Set()).add(name))
  return names
}

/** Notebooks whose outputs name any of these ids, each with those that it names. */
export async function notebooksNaming(ids: readonly string[]): Promise<{ notebook: string; id: string }[]> {
  return sql(
    `SELECT DISTINCT n.id AS notebook, t.text #>> '{}' AS id FROM notebooks n, jsonb_path_query(n.outputs, '$.** ? (@.type() == "string" && @ like_regex "^[0-9a-z]{12}$")') t(text)
     WHERE t.text #>> '{}' = ANY($1)`,
    [ids],
  )
}

function toMembers(row: Partial<Found> | undefined): Members {
  return { datasets: row?.datasets ?? [], experiments: row?.experiments ?? [], runs: row?.runs ?? [], models: row?.models ?? [], reconstructions: row?.reconstructions ?? [] }
}
