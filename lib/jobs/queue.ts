import { inTransaction } from '@/lib/store/database'
import { requireDataset } from '@/lib/store/datasets'
import { failExplaining, queueExplaining } from '@/lib/store/explanations'
import { abandonImport, reserveDataset, stopImport } from '@/lib/store/import-state'
import { CHANNELS, notify } from '@/lib/store/notify'
import { createReconstruction, stopReconstruction, type NewReconstruction } from '@/lib/store/reconstructions'
import { insertRun } from '@/lib/store/run-insert'
import { copyRun, queuedPriorities, requeueRun, stopRun } from '@/lib/store/run-transitions'
import type { NewRun } from '@/lib/store/run-types'
import { openUpload } from '@/lib/store/uploads'
import { listWorkers, type WorkerSeen } from '@/lib/store/workers'
import type { Payload } from './contracts'
import { wake } from './sender'

export * from './launches'
export { closeQueue } from './sender'
export { stopImport, stopReconstruction, stopRun }
export type { WorkerSeen }

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
  for (const { priority } of await queuedPriorities([copy])) await wake('run', { id: copy }, priority)
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
