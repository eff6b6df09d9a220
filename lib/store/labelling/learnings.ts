import type { Answer } from '@/lib/labelling/learning/judge'
import type { LearningPoint } from '@/lib/labelling/learning/types'
import { heldBack } from '@/lib/labelling/queue/hold-back'
import { sql } from '../database'
import { listReconstructions, type Reconstruction } from '../reconstructions'
import type { Role } from '../types'
import { stored } from '../values'

/** What a reconstruction that learnt first keeps among its figures. */
export interface Learning extends Omit<LearningPoint, 'id' | 'at'> {
  /** The newest label event that it had seen. */
  readonly newest: number
}

/** Whether suggestions may come from a finished reconstruction: not from one whose model was worse than what stood. */
export function maySuggest({ state, options, figures }: Pick<Reconstruction, 'state' | 'options' | 'figures'>): boolean {
  return state === 'done' && options.evidence === true && learningOf({ figures })?.adopted !== false
}

export function learningOf({ figures }: Pick<Reconstruction, 'figures'>): Learning | null {
  const learning = figures?.learning
  return typeof learning === 'object' && learning !== null && !Array.isArray(learning) ? learning as unknown as Learning : null
}

/** Reconstructions of a data set that learnt from its labels first, the newest first. */
export async function listLearnings(datasetId: string): Promise<Reconstruction[]> {
  return (await listReconstructions({ datasetId })).filter(({ options }) => options.learn === true)
}

/** The learning curve so far, in order of time. */
export function learningCurve(learnings: readonly Reconstruction[]): LearningPoint[] {
  return learnings.toReversed().flatMap((one): LearningPoint[] => {
    const learning = one.state === 'done' ? learningOf(one) : null
    if (learning === null) return []
    const { labels, held, accuracy, before, adopted, seconds } = learning
    return [{ id: one.id, at: one.finishedAt ?? one.createdAt, labels, held, accuracy, before, adopted, seconds }]
  })
}

/** How many labels people gave after a label event; of one request the last counts. */
export async function labelsGivenAfter(datasetId: string, newest: number): Promise<number> {
  const [row] = await sql<{ given: number }>(
    `SELECT count(DISTINCT audit_id)::int AS given FROM label_events WHERE dataset_id = $1 AND id > $2 AND assignment_id IS NULL AND kind = 'label' AND standing IN ('labelled', 'reviewed')`,
    [datasetId, newest],
  )
  return row?.given ?? 0
}

/** The newest reconstruction that suggestions come from; null where there is none. */
export async function suggesting(datasetId: string): Promise<Reconstruction | null> {
  return (await listReconstructions({ datasetId })).find(maySuggest) ?? null
}

/** What the suggestions that stand say of these requests; null where none stand. */
export async function standingAnswers(datasetId: string, auditIDs: readonly string[]): Promise<Map<string, Answer> | null> {
  const standing = await suggesting(datasetId)
  if (standing === null) return null
  const rows = await sql<{ audit_id: string; role: Role; label: unknown }>(
    'SELECT DISTINCT ON (audit_id) audit_id, role, label FROM reconstructed_lines WHERE reconstruction_id = $1 AND audit_id = ANY($2::text[]) ORDER BY audit_id, seq DESC',
    [standing.id, auditIDs],
  )
  return new Map(rows.map(({ audit_id: auditID, role, label }) => [auditID, { role, label: stored(label) }]))
}

/** The held-back sample of a data set: requests for API objects alone, as the queue holds them back; and how many of it people have labelled. */
export async function sampleOf(datasetId: string): Promise<{ size: number; labelled: number }> {
  const rows = await sql<{ audit_id: string; api: boolean }>('SELECT audit_id, bool_or(resource IS NOT NULL) AS api FROM events WHERE dataset_id = $1 GROUP BY audit_id', [datasetId])
  const sample = heldBack(rows.map((row) => row.audit_id)).map((place) => rows[place]).filter((row) => row?.api).map((row) => row?.audit_id ?? '')
  const [counted] = await sql<{ labelled: number }>(
    `SELECT count(*)::int AS labelled FROM (
       SELECT DISTINCT ON (audit_id) standing FROM label_events WHERE dataset_id = $1 AND audit_id = ANY($2::text[]) AND assignment_id IS NULL ORDER BY audit_id, id DESC
     ) l WHERE standing IN ('labelled', 'reviewed')`,
    [datasetId, sample],
  )
  return { size: sample.length, labelled: counted?.labelled ?? 0 }
}
