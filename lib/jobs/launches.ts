import { AuditweaveError } from '@/lib/audit/errors'
import type { Budget } from '@/lib/experiments/launch-options'
import { describeSpending, spendingOf, spentOf } from '@/lib/store/budget'
import { requireDataset } from '@/lib/store/datasets'
import { createBatch, createExperiment, requireBatch, requireExperiment, setLaunchBudget, setLaunchPriority, stopExperiment, type Launched, type NewExperiment } from '@/lib/store/experiments'
import { queuedPriorities, requeueStopped } from '@/lib/store/run-transitions'
import { growLaunch } from './growth'
import { backend, wake } from './sender'

/** Stores a launch with its runs and wakes the workers. @throws AuditweaveError 'unknown-dataset' */
export async function launchExperiment(plan: NewExperiment): Promise<Launched> {
  const dataset = await requireDataset(plan.datasetId)
  const { experiment, runIds } = await createExperiment({ ...plan, datasetId: dataset.id })
  await wakeRuns(runIds)
  return { experiment: await requireExperiment(experiment.id), runIds }
}

/** Stores launches that belong together, all or none, and wakes the workers. @throws AuditweaveError 'unknown-dataset' */
export async function launchBatch(plans: readonly NewExperiment[]): Promise<{ batch: string; launched: Launched[] }> {
  for (const { datasetId } of plans) await requireDataset(datasetId)
  const made = await createBatch(plans)
  await wakeRuns(made.launched.flatMap(({ runIds }) => runIds))
  return made
}

async function wakeRuns(ids: readonly string[]): Promise<void> {
  for (const { id, priority } of await queuedPriorities(ids)) await wake('run', { id }, priority)
}

export interface Resumption {
  /** Instead of the launch's own; it must exceed what is spent. */
  readonly budget?: Budget | undefined
  /** Also runs that failed. */
  readonly failed?: boolean | undefined
}

/**
 * Queues the stopped runs of a launch again, each from its checkpoint, and lets a growing launch go on. Returns how many runs it queued.
 * @throws AuditweaveError 'unknown-experiment', 'budget-spent' where nothing could begin
 */
export async function resumeExperiment(id: string, { budget, failed = false }: Resumption = {}): Promise<number> {
  const { options } = await requireExperiment(id)
  if (budget !== undefined) await setLaunchBudget(id, budget)
  await checkBudget(id, budget ?? options.budget)
  const runs = await requeueStopped(id, { failed })
  for (const run of runs) await wake('run', { id: run.id }, run.priority)
  return runs.length + (await growLaunch(id, { send: (kind, payload, sent) => wake(kind, payload, sent?.priority) }))
}

async function checkBudget(id: string, budget: Budget | undefined): Promise<void> {
  if (budget === undefined) return
  const spent = await spendingOf(id)
  if (spentOf(budget, spent) === null) return
  throw new AuditweaveError('budget-spent', `Launch ${id} has spent its budget (${describeSpending(budget, spent)}). Give it a larger one to go on.`)
}

/** Resumes every launch of a batch; returns how many runs it queued. @throws AuditweaveError 'unknown-experiment', 'budget-spent' */
export async function resumeBatch(batch: string, resumption: Resumption = {}): Promise<number> {
  let queued = 0
  for (const { id } of await requireBatch(batch)) queued += await resumeExperiment(id, resumption)
  return queued
}

/** Stops every launch of a batch. @throws AuditweaveError 'unknown-experiment' */
export async function stopBatch(batch: string): Promise<void> {
  for (const { id } of await requireBatch(batch)) await stopExperiment(id)
}

/** Gives a launch another priority, its queued runs included. @throws AuditweaveError 'unknown-experiment' */
export async function prioritise(id: string, priority: number): Promise<void> {
  const byPriority = new Map<number, string[]>()
  for (const run of await setLaunchPriority(id, priority)) byPriority.set(run.priority, [...(byPriority.get(run.priority) ?? []), run.id])
  const queue = await backend()
  for (const [value, ids] of byPriority) await queue.reprioritise('run', ids, value)
}
