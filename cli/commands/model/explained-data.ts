import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AuditweaveError } from '@/lib/audit/errors'
import { loadWasmEngine } from '@/lib/engine/wasm/engine.node.ts'
import type { Engine } from '@/lib/engine/types'
import type { LabelledLog } from '@/lib/experiments/labelled-log'
import { collectorFor, type CollectedLines } from '@/lib/model/explain/collect'
import { MANIFEST_FILE, type TrainedModel } from '@/lib/model/model-file'
import { loadModel } from '../../load-model'

const SHIPPED = fileURLToPath(new URL('../../../models', import.meta.url))
const DATASETS = fileURLToPath(new URL('../../../datasets', import.meta.url))
const LOG = 'audit.jsonl.gz'

/** A model with its folder, for what lies beside it. */
export interface NamedModel { readonly model: TrainedModel; readonly folder: string }

export async function openModel(nameOrFolder: string): Promise<NamedModel> {
  const model = await loadModel(nameOrFolder)
  const given = /[\\/]/.test(nameOrFolder) || existsSync(join(nameOrFolder, MANIFEST_FILE))
  return { model, folder: given ? nameOrFolder : join(SHIPPED, model.manifest.name) }
}

/** The log that a model was trained on, where it ships. @throws AuditweaveError 'no-dataset' */
export function trainingLog({ manifest }: TrainedModel): string {
  const path = join(DATASETS, basename(manifest.data.name), LOG)
  if (existsSync(path)) return path
  throw new AuditweaveError('no-dataset', `${manifest.name} was trained on ${manifest.data.name}, which does not ship: name a log with its truth by --dataset.`)
}

/** Reads a labelled log as a model's lines. */
export async function collectLabelled(model: TrainedModel, log: LabelledLog): Promise<CollectedLines> {
  const truth = await log.truth()
  const collector = collectorFor(model)
  for await (const batch of log.events()) for (const event of batch) collector.add(event, truth.get(event.auditID) ?? null)
  return collector.finish()
}

export function engineFor(threads: number | undefined): Promise<Engine> {
  return loadWasmEngine(threads ? { threads } : {})
}
