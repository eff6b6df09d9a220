import type { PoolClient } from 'pg'
import type { Budget } from '@/lib/experiments/launch-options'
import { inTransaction, sql } from './database'
import { CHANNELS, notify } from './notify'
import { jsonText, stored } from './values'

/** What a launch has cost so far, with those it shares its budget with: wall clock of runs, and runs that have begun. */
export interface Spending { readonly seconds: number; readonly runs: number }

export const BUDGET_SPENT = 'budget-spent'

/** A launch itself and, of a batch, all launches that were made with it. */
const SHARED = 'SELECT y.id FROM experiments x JOIN experiments y ON y.id = x.id OR y.batch = x.batch WHERE x.id = $1'

const SPENT = `SELECT COALESCE(sum(worked_seconds + CASE WHEN state = 'running' THEN GREATEST(0, extract(epoch FROM now() - COALESCE(claimed_at, now()))) ELSE 0 END), 0)::float8 AS seconds,
  (count(*) FILTER (WHERE attempt > 0))::int AS runs FROM runs WHERE experiment_id IN (${SHARED})`

export async function spendingOf(experimentId: string): Promise<Spending> {
  const [row] = await sql<{ seconds: number; runs: number }>(SPENT, [experimentId])
  return row ?? { seconds: 0, runs: 0 }
}

/** Which limit is reached; null while none is. */
export function spentOf(budget: Budget, spent: Spending): keyof Budget | null {
  if (budget.seconds !== undefined && spent.seconds >= budget.seconds) return 'seconds'
  return budget.runs !== undefined && spent.runs >= budget.runs ? 'runs' : null
}

/** "30 of 20 s of run time": for messages. */
export function describeSpending(budget: Budget, { seconds, runs }: Spending): string {
  const parts = [
    ...(budget.seconds === undefined ? [] : [`${Math.round(seconds)} of ${Math.round(budget.seconds)} s of run time`]),
    ...(budget.runs === undefined ? [] : [`${runs} of ${budget.runs} runs`]),
  ]
  return parts.join(', ')
}

interface Owner { experiment_id: string; attempt: number; budget: unknown }

const OWNER = `SELECT r.experiment_id, r.attempt, x.options->'budget' AS budget FROM runs r JOIN experiments x ON x.id = r.experiment_id WHERE r.id = $1 AND x.options ? 'budget'`

/**
 * Whether a queued run may begin. Launches that share a budget are locked until the transaction ends, so that of two runs that would
 * both be the last one only one begins. Where the budget is spent, all that it held back is stopped, each run saying so.
 */
export async function mayBegin(client: PoolClient, runId: string): Promise<boolean> {
  const { rows: [owner] } = await client.query<Owner>(OWNER, [runId])
  if (owner === undefined) return true
  const limit = await stopSpent(client, owner.experiment_id, stored(owner.budget))
  // A run that goes on has been counted when it began.
  return limit === null || (limit === 'runs' && owner.attempt > 0)
}

/** Stops what a launch may not begin any more; for after a run has ended and for housekeeping. Returns whether its budget is spent. */
export async function enforceBudget(experimentId: string): Promise<boolean> {
  const [row] = await sql<{ budget: unknown }>(`SELECT options->'budget' AS budget FROM experiments WHERE id = $1 AND options ? 'budget'`, [experimentId])
  if (row === undefined) return false
  const limit = await inTransaction((client) => stopSpent(client, experimentId, stored(row.budget)))
  if (limit !== null) await notify(CHANNELS.experiments, experimentId)
  return limit !== null
}

/** The same for the launch of a run, if it has one. */
export async function enforceBudgetOfRun(runId: string): Promise<void> {
  const [owner] = await sql<{ experiment_id: string }>(OWNER, [runId])
  if (owner !== undefined) await enforceBudget(owner.experiment_id)
}

/** Launches with a budget that have runs waiting. */
export async function budgetedLaunches(): Promise<string[]> {
  const rows = await sql<{ id: string }>(`SELECT x.id FROM experiments x WHERE x.options ? 'budget' AND EXISTS (SELECT FROM runs r WHERE r.experiment_id = x.id AND r.state = 'queued')`)
  return rows.map((row) => row.id)
}

/** Whether a running run should end at its next epoch: its launch may take no more time. */
export async function timeIsSpent(runId: string): Promise<boolean> {
  const [owner] = await sql<{ experiment_id: string; budget: unknown }>(OWNER, [runId])
  if (owner === undefined) return false
  const budget = stored<Budget>(owner.budget)
  return budget.seconds !== undefined && spentOf({ seconds: budget.seconds }, await spendingOf(owner.experiment_id)) !== null
}

async function stopSpent(client: PoolClient, experimentId: string, budget: Budget): Promise<keyof Budget | null> {
  // In order of ids, so that two who lock the same launches never wait for one another.
  await client.query(`SELECT FROM experiments WHERE id IN (${SHARED}) ORDER BY id FOR UPDATE`, [experimentId])
  const { rows: [spent = { seconds: 0, runs: 0 }] } = await client.query<{ seconds: number; runs: number }>(SPENT, [experimentId])
  const limit = spentOf(budget, spent)
  if (limit === null) return null
  const message = `The budget of its launch is spent (${describeSpending(budget, spent)}). Resume the launch with a larger one to go on.`
  const { rows } = await client.query<{ id: string }>(
    `UPDATE runs SET state = 'stopped', finished_at = now(), error = $2 WHERE experiment_id IN (${SHARED}) AND state = 'queued' AND ($3 OR attempt = 0) RETURNING id`,
    [experimentId, jsonText({ code: BUDGET_SPENT, message }), limit === 'seconds'],
  )
  for (const { id } of rows) await client.query('SELECT pg_notify($1, $2)', [CHANNELS.runs, id])
  return limit
}
