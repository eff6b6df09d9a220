import type { PoolClient } from 'pg'
import { AuditweaveError } from '@/lib/audit/errors'
import { planCorrection } from '@/lib/contexts/corrections/plan-correction'
import type { Correction, CorrectionAct, CorrectionAnswer, CorrectionPlan } from '@/lib/contexts/corrections/types'
import { inTransaction } from '../database'
import { CHANNELS, notify } from '../notify'
import { columnText, jsonText } from '../values'
import { BEFORE, restoreRows, writePlan } from './correction-rows'
import { actsAfter, answerAct, findAct, lockReconstruction } from './corrections'
import { readPartition, storedAct } from './read-partition'

/** What became of an act: it is stored, or others came first and nothing is. */
export type CorrectionOutcome =
  | { readonly state: 'written'; readonly answer: CorrectionAnswer }
  | { readonly state: 'conflict'; readonly revision: number; readonly corrections: readonly Correction[] }

export interface CorrectionRequest {
  /** Random, from whoever asks: sent again, the act is not carried out again. */
  readonly id: string
  readonly act: CorrectionAct
  readonly why: string
  /** The revision that its author looked at. */
  readonly seen: number
}

/**
 * Carries out one correction, all of it or nothing; refused where somebody has changed the same contexts or requests since `seen`.
 * @throws AuditweaveError 'unknown-reconstruction', 'wrong-state', 'bad-correction', 'unknown-context', 'unknown-request', 'correction-taken'
 */
export async function writeCorrection(reconstructionId: string, request: CorrectionRequest, actor: string): Promise<CorrectionOutcome> {
  const outcome = await inTransaction(async (client): Promise<CorrectionOutcome> => {
    const { revision } = await lockReconstruction(client, reconstructionId)
    const before = await findAct(client, reconstructionId, request.id)
    if (before) return { state: 'written', answer: await answerAct(client, reconstructionId, before) }
    const act = storedAct(request.act)
    const { partition, touching } = await readPartition(client, reconstructionId, act)
    const corrections = await actsAfter(client, reconstructionId, request.seen, touching, 'all')
    if (corrections.length > 0) return { state: 'conflict', revision, corrections }
    const plan = planCorrection(partition, act)
    const { number, at } = await insertAct(client, reconstructionId, { ...request, act }, plan, actor)
    await writePlan(client, reconstructionId, plan, number, { id: request.id, act: act.kind, by: actor, at, why: columnText(request.why) ?? '' })
    return written(client, reconstructionId, request.id)
  })
  await notify(CHANNELS.reconstructions, reconstructionId)
  return outcome
}

/**
 * Takes one act back: an act of its own. Refused where a later act that stands touches the same contexts or requests; undo that first.
 * @throws AuditweaveError 'unknown-reconstruction', 'unknown-correction', 'wrong-state' where it is an undo or undone already
 */
export async function undoCorrection(reconstructionId: string, { id, correction: target, why }: { id: string; correction: string; why: string }, actor: string): Promise<CorrectionOutcome> {
  const outcome = await inTransaction(async (client): Promise<CorrectionOutcome> => {
    const { revision } = await lockReconstruction(client, reconstructionId)
    const before = await findAct(client, reconstructionId, id)
    if (before) return { state: 'written', answer: await answerAct(client, reconstructionId, before) }
    const undone = await findAct(client, reconstructionId, target)
    if (undone === null) throw new AuditweaveError('unknown-correction', `There is no correction ${target.slice(0, 64)} in this reconstruction.`)
    if (undone.correction.act === 'undo') throw new AuditweaveError('wrong-state', 'An undo is not undone: do the correction again.')
    if (undone.correction.undone) throw new AuditweaveError('wrong-state', 'This correction is undone already. Read the contexts again.')
    const { rows: [own] } = await client.query<{ requests: string[] }>('SELECT requests FROM context_corrections WHERE id = $1', [target])
    const corrections = await actsAfter(client, reconstructionId, undone.correction.number, { contexts: undone.correction.contexts, requests: own?.requests ?? [] }, 'standing')
    if (corrections.length > 0) return { state: 'conflict', revision, corrections }
    await restoreRows(client, reconstructionId, target)
    const { made } = undone.outcome
    await client.query(
      `WITH act AS (INSERT INTO context_corrections (id, reconstruction_id, act, about, actor, why, contexts, requests, undoes, outcome, before)
         SELECT $1, $2, 'undo', $3, $4, $5, contexts, requests, id, $7, '{}' FROM context_corrections WHERE id = $6 RETURNING number)
       UPDATE reconstructions SET revision = act.number FROM act WHERE id = $2`,
      [id, reconstructionId, jsonText({ kind: 'undo', correction: target }), actor, why.slice(0, 2000).toWellFormed().replaceAll('\u0000', ''), target, jsonText({ made: null, gone: made === null ? [] : [made] })],
    )
    return written(client, reconstructionId, id)
  })
  await notify(CHANNELS.reconstructions, reconstructionId)
  return outcome
}

async function written(client: PoolClient, reconstructionId: string, id: string): Promise<CorrectionOutcome> {
  const act = await findAct(client, reconstructionId, id)
  if (act === null) throw new AuditweaveError('unknown-correction', `The correction ${id} was not stored. Try again.`)
  return { state: 'written', answer: await answerAct(client, reconstructionId, act) }
}

async function insertAct(client: PoolClient, reconstructionId: string, { id, act, why }: CorrectionRequest, plan: CorrectionPlan, actor: string): Promise<{ number: number; at: string }> {
  const outcome = { made: plan.made?.id ?? null, gone: plan.gone.map((one) => one.id) }
  const { rows: [row] } = await client.query<{ number: string; at: Date }>(
    `WITH act AS (INSERT INTO context_corrections (id, reconstruction_id, act, about, actor, why, contexts, requests, outcome, before)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, ${BEFORE}) RETURNING number, created_at)
     UPDATE reconstructions SET revision = act.number FROM act WHERE id = $2 RETURNING act.number, act.created_at AS at`,
    [id, reconstructionId, act.kind, jsonText(act), actor, why.slice(0, 2000).toWellFormed().replaceAll('\u0000', ''), plan.touched, plan.requests, jsonText(outcome)],
  )
  return { number: Number(row?.number ?? 0), at: row?.at.toISOString() ?? '' }
}
