import { AuditweaveError } from '@/lib/audit/errors'
import type { Budget } from '@/lib/experiments/launch-options'
import { describeSpending, spendingOf, spentOf } from '@/lib/store/budget'
import { createBatch, createExperiment, requireBatch, requireExperiment, setLaunchBudget, setLaunchPriority, stopExperiment, type Launched, type NewExperiment } from '@/lib/store/experiments'
import { inTransaction } from '@/lib/store/database'
import { requireDataset } from '@/lib/store/datasets'
import { failExplaining, queueExplaining } from '@/lib/store/explanations'
import { abandonImport, reserveDataset, stopImport } from '@/lib/store/import-state'
import { CHANNELS, notify } from '@/lib/store/notify'
import { createReconstruction, stopReconstruction, type NewReconstruction } from '@/lib/store/reconstructions'
import { insertRun } from '@/lib/store/run-insert'
import { copyRun, queuedPriorities, requeueRun, requeueStopped, stopRun } from '@/lib/store/run-transitions'
import type { NewRun } from '@/lib/store/run-types'
import { openUpload } from '@/lib/store/uploads'
import { listWorkers, type WorkerSeen } from '@/lib/store/workers'
import type { JobBackend } from './backend'
import type { JobKind, Payload } from './contracts'
import { openPgBoss } from './pg-boss-backend'
import { growLaunch } from './growth'

export { stopImport, stopReconstruction, stopRun }
export type { WorkerSeen }

const holder = globalThis as { auditweaveQueue?: Promise<JobBackend> }

/** The sending end of the queue, one a process. */
function backend(): Promise<JobBackend> {
  holder.auditweaveQueue ??= openPgBoss({ supervise: false }).catch((error: unknown) => {
    holder.auditweaveQueue = undefined
    throw error
  })
  return holder.auditweaveQueue
}

/** Closes the sending end; the next use opens it anew. */
export async function closeQueue(): Promise<void> {
  const open = holder.auditweaveQueue
  holder.auditweaveQueue = undefined
  await open?.then((queue) => queue.close()).catch(() => {})
}

/**
 * Wakes the workers. The row is stored already and a worker that finds it queued without a job sends one, so that
 * a failure here delays the work and loses nothing.
 */
async function wake<K extends JobKind>(kind: K, payload: Payload<K>, priority = 0): Promise<void> {
  await (await backend()).send(kind, payload, { priority })
}

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

/** Stores one run outside any launch and wakes the workers; returns its id. */
export async function launchRun(datasetId: string, run: NewRun): Promise<string> {
  const dataset = await requireDataset(datasetId)
  const id = await inTransaction((client) => insertRun(client, dataset.id, null, run))
  await notify(CHANNELS.runs, id)
  await wake('run', { id }, run.priority)
  return id
}

/** Queues a stopped or failed run again; it goes on from its checkpoint. @throws AuditweaveError 'unknown-run', 'wrong-state' */
export async function resumeRun(id: string): Promise<void> {
  const { priority } = await requeueRun(id, { fresh: false })
  await wake('run', { id }, priority)
}

/** Queues a stopped or failed run again, from the start. @throws AuditweaveError 'unknown-run', 'wrong-state' */
export async function restartRun(id: string): Promise<void> {
  const { priority } = await requeueRun(id, { fresh: true })
  await wake('run', { id }, priority)
}

/** Queues a copy of a run, with another seed when given; returns its id. @throws AuditweaveError 'unknown-run' */
export async function cloneRun(id: string, options: { seed?: number } = {}): Promise<string> {
  const copy = await copyRun(id, options)
  await wake('run', { id: copy })
  return copy
}

export interface ImportLaunch {
  readonly name: string
  readonly uploadId: string
  readonly uploadName: string
  readonly truthUploadId?: string | undefined
  readonly truthName?: string | undefined
  readonly keepSecrets?: boolean | undefined
}

/**
 * Queues the import of an upload; returns the id of the data set, which is in state `importing` until it is whole.
 * @throws AuditweaveError 'name-taken', 'bad-name', 'unknown-upload'
 */
export async function launchImport(launch: ImportLaunch): Promise<string> {
  await openUpload(launch.uploadId)
  if (launch.truthUploadId !== undefined) await openUpload(launch.truthUploadId)
  const id = await reserveDataset(launch.name, launch.uploadName, { waits: true })
  const from = { kind: 'upload' as const, uploadId: launch.uploadId, truthUploadId: launch.truthUploadId ?? null, truthName: launch.truthName ?? null }
  await wakeImport({ id, name: launch.name, sourceName: launch.uploadName, from, keepSecrets: launch.keepSecrets ?? false })
  return id
}

/** No row tells later what was to be imported, so a job that cannot be sent fails at once. */
async function wakeImport(payload: Payload<'import'>): Promise<void> {
  try {
    await wake('import', payload)
  } catch (error) {
    await abandonImport({ id: payload.id, prepared: true }, error)
    throw error
  }
}

/** Queues the import of a capture under datasets/; see `shipped.ts`. */
export async function launchFolderImport(folder: string, name: string, card: string): Promise<string> {
  const id = await reserveDataset(name, folder, { card, waits: true })
  await wakeImport( { id, name, sourceName: `${folder}/audit.jsonl.gz`, from: { kind: 'shipped', folder }, keepSecrets: false })
  return id
}

/** Queues a reconstruction; returns its id. @throws AuditweaveError 'unknown-dataset' */
export async function launchReconstruction(plan: NewReconstruction): Promise<string> {
  const dataset = await requireDataset(plan.datasetId)
  const id = await createReconstruction({ ...plan, datasetId: dataset.id })
  await wake('reconstruct', { id })
  return id
}

/** Queues finding out what a stored model looks at. @throws AuditweaveError 'unknown-model', 'wrong-state' while that is under way */
export async function launchExplanation(modelId: string): Promise<void> {
  await queueExplaining(modelId)
  try {
    await wake('explain', { id: modelId })
  } catch (error) {
    await failExplaining(modelId, error instanceof Error ? error.message : String(error))
    throw error
  }
}

/** The workers heard of in the last half minute. */
export async function workersSeen(): Promise<WorkerSeen[]> {
  return listWorkers()
}
