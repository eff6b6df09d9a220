import { createHash } from 'node:crypto'
import { isAuditweaveError } from '@/lib/audit/errors'
import type { Budget } from '@/lib/experiments/launch-options'
import { version } from '@/lib/experiments/version.node.ts'
import { closeQueue, launchBatch, resumeExperiment } from '@/lib/jobs/queue'
import { requireBatch, untoldBatch, type Experiment, type NewExperiment } from '@/lib/store/experiments'
import { say } from '../output'

export interface Batch { readonly id: string; readonly launches: readonly Experiment[] }

/**
 * The batch of these plans: the one that the same command left unfinished, as long as it is of this version and no plan has changed, else a new one.
 * Whatever stopped the command, its runs are all in the database or none.
 */
export async function takeUpBatch(plans: readonly NewExperiment[], { anew }: { anew: boolean }): Promise<Batch> {
  const command = { version: version(), digest: digestOf(plans) }
  const left = anew ? null : await untoldBatch(command)
  const id = left ?? (await launchBatch(plans.map((plan) => ({ ...plan, options: { ...plan.options, command: { ...command, told: false } } })))).batch
  if (left !== null) await goOn(left, plans[0]?.options?.budget)
  await closeQueue()
  return { id, launches: await requireBatch(id) }
}

/** Everything that decides what is carried out; priorities and budgets may change from call to call. */
function digestOf(plans: readonly NewExperiment[]): string {
  const asked = plans.map(({ name, scale, datasetId, runs, options }) => ({ name, scale, datasetId, earlyStop: options?.earlyStop ?? null, runs: runs.map(({ axes, params }) => ({ axes, params })) }))
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex')
}

async function goOn(batch: string, budget: Budget | undefined): Promise<void> {
  const launches = await requireBatch(batch)
  const done = launches.reduce((sum, { runs }) => sum + runs.done, 0)
  const total = launches.reduce((sum, { runs }) => sum + runs.total, 0)
  say(`Carrying on with what this command began at ${launches[0]?.createdAt ?? ''}: ${done} of ${total} runs are done. --anew begins again.`)
  for (const { id } of launches) await resumed(id, budget)
}

async function resumed(launch: string, budget: Budget | undefined): Promise<void> {
  try {
    await resumeExperiment(launch, { budget })
  } catch (error) {
    // Then nothing begins, and the end of the command says so.
    if (!isAuditweaveError(error) || error.code !== 'budget-spent') throw error
    say(error.message)
  }
}
