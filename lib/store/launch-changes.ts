import { AuditweaveError } from '@/lib/audit/errors'
import { launchOptionsSchema, type Budget, type LaunchOptions } from '@/lib/experiments/launch-options'
import { inTransaction, sql } from './database'
import { CHANNELS, notify } from './notify'
import { jsonText } from './values'

/** The new priority of the launch's queued runs: those of one launch may differ, as a search puts later rungs first. */
export interface Reprioritised { readonly id: string; readonly priority: number }

/**
 * Gives a launch another priority: its queued runs at once, those that are queued later when they are. `lib/jobs/queue` tells the queue.
 * @throws AuditweaveError 'unknown-experiment'
 */
export async function setLaunchPriority(id: string, priority: number): Promise<Reprioritised[]> {
  const rows = await inTransaction(async (client) => {
    const { rows: [launch] } = await client.query<{ options: LaunchOptions }>('SELECT options FROM experiments WHERE id = $1 FOR UPDATE', [id])
    if (launch === undefined) throw unknownLaunch(id)
    await client.query(`UPDATE experiments SET options = options || $2 WHERE id = $1`, [id, jsonText({ priority })])
    const moved = await client.query<{ id: string; priority: number; state: string }>(
      `UPDATE runs SET priority = priority + $2 WHERE experiment_id = $1 AND state <> 'done' RETURNING id, priority, state`,
      [id, priority - (launch.options.priority ?? 0)],
    )
    return moved.rows.filter((run) => run.state === 'queued')
  })
  await notify(CHANNELS.experiments, id)
  return rows.map((run) => ({ id: run.id, priority: run.priority }))
}

/** Another budget for a launch and those that share it; null is none. @throws AuditweaveError 'unknown-experiment' */
export async function setLaunchBudget(id: string, budget: Budget | null): Promise<void> {
  const changed = await sql<{ id: string }>(
    `UPDATE experiments SET options = CASE WHEN $2::jsonb IS NULL THEN options - 'budget' ELSE options || jsonb_build_object('budget', $2::jsonb) END
     WHERE id = $1 OR batch = (SELECT batch FROM experiments WHERE id = $1) RETURNING id`,
    [id, budget === null ? null : jsonText(budget)],
  )
  if (changed.length === 0) throw unknownLaunch(id)
  for (const launch of changed) await notify(CHANNELS.experiments, launch.id)
}

/** @throws AuditweaveError 'unknown-experiment' */
export async function setLaunchNote(id: string, note: string): Promise<void> {
  if ((await sql('UPDATE experiments SET note = $2 WHERE id = $1 RETURNING id', [id, note])).length === 0) throw unknownLaunch(id)
  await notify(CHANNELS.experiments, id)
}

/** Notes that the command which made a batch has told how it ended: the same command makes another one next time. */
export async function tellBatch(batch: string): Promise<void> {
  await sql(`UPDATE experiments SET options = jsonb_set(options, '{command,told}', 'true') WHERE batch = $1 AND options ? 'command'`, [batch])
}

/** The newest batch that a command of this digest and version made and has not told the end of; null when there is none. */
export async function untoldBatch(command: { version: string; digest: string }): Promise<string | null> {
  const [row] = await sql<{ batch: string }>(
    `SELECT batch FROM experiments WHERE batch IS NOT NULL AND options->'command' @> $1 ORDER BY created_at DESC LIMIT 1`,
    [jsonText({ ...command, told: false })],
  )
  return row?.batch ?? null
}

/** What is stored, checked: another version may have written it. */
export function readOptions(options: unknown): LaunchOptions {
  return launchOptionsSchema.safeParse(options).data ?? {}
}

function unknownLaunch(id: string): AuditweaveError {
  return new AuditweaveError('unknown-experiment', `There is no launch "${id.slice(0, 40)}"; it may have been deleted.`)
}
