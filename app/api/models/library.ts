import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AuditweaveError } from '@/lib/audit/errors'
import { MANIFEST_FILE, parseManifest, WEIGHTS_FILE } from '@/lib/model/model-file'
import { listModels as listFolders } from '@/lib/model/model-directory.node.ts'
import { findModel, listModels, modelWeights } from '@/lib/store/models'
import { projectRoot } from '@/lib/store/home'
import type { ModelCard } from '@/components/models/model-card'

const shipped = (): string => join(projectRoot(), 'models')

/** Models that ship, then those that runs left; exactly one is the default where there is any. */
export async function listLibrary(): Promise<ModelCard[]> {
  const [folders, stored] = await Promise.all([listFolders(shipped()).catch(() => []), listModels()])
  const chosen = stored.find((model) => model.isDefault)?.id ?? folders[0]?.name ?? stored[0]?.id
  return [
    ...folders.map((manifest): ModelCard => ({ id: manifest.name, name: manifest.name, origin: 'ships', isDefault: manifest.name === chosen, manifest, runId: null, createdAt: manifest.created })),
    ...stored.map((model): ModelCard => ({ id: model.id, name: model.name, origin: 'stored', isDefault: model.id === chosen, manifest: parseManifest(JSON.stringify(model.manifest)), runId: model.runId, createdAt: model.createdAt })),
  ]
}

/** A model's two files. A name leads to a folder only when it is among those listed. @throws AuditweaveError 'unknown-model' */
export async function modelFiles(id: string): Promise<{ manifest: string; weights: () => Promise<Uint8Array> }> {
  const stored = await findModel(id)
  if (stored) return { manifest: JSON.stringify(stored.manifest), weights: () => modelWeights(stored.id) }
  const folders = await listFolders(shipped()).catch(() => [])
  if (!folders.some((manifest) => manifest.name === id)) throw new AuditweaveError('unknown-model', `There is no model "${id}". Open Models for those there are.`)
  const folder = join(shipped(), id)
  return { manifest: await readFile(join(folder, MANIFEST_FILE), 'utf8'), weights: () => readFile(join(folder, WEIGHTS_FILE)) }
}
