import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AuditweaveError } from '@/lib/audit/errors'
import { DEFAULT_MODEL } from '@/lib/model/default-model'
import { readExplanation, readNeighboursText } from '@/lib/model/explain/explanation-directory.node.ts'
import { MANIFEST_FILE, parseManifest, WEIGHTS_FILE } from '@/lib/model/model-file'
import { listModels as listFolders } from '@/lib/model/model-directory.node.ts'
import { modelExplanation, modelNeighbours, type StoredExplanation } from '@/lib/store/explanations'
import { findModel, listModels, modelWeights, type ModelRow } from '@/lib/store/models'
import { projectRoot } from '@/lib/store/home'
import type { ModelCard } from '@/components/models/model-card'

const shipped = (): string => join(projectRoot(), 'models')

/** Models that ship, then those that runs left, archived ones last; exactly one is the default where there is any. */
export async function listLibrary(): Promise<ModelCard[]> {
  const [folders, stored] = await Promise.all([listFolders(shipped()).catch(() => []), listModels()])
  const chosen = stored.find((model) => model.isDefault)?.id ?? folders.find((manifest) => manifest.name === DEFAULT_MODEL)?.name ?? folders[0]?.name ?? stored[0]?.id
  const ours = folders.map((manifest): ModelCard => ({ id: manifest.name, name: manifest.name, origin: 'ships', state: 'published', isDefault: manifest.name === chosen, manifest, sha256: null, note: '', tags: [], runId: null, publishedAt: null, createdAt: manifest.created }))
  return [...ours.sort((a, b) => Number(b.name === DEFAULT_MODEL) - Number(a.name === DEFAULT_MODEL)), ...[...stored].sort((a, b) => Number(a.state === 'archived') - Number(b.state === 'archived')).map((model) => storedCard(model, chosen))]
}

function storedCard(model: ModelRow, chosen: string | undefined): ModelCard {
  return { id: model.id, name: model.name, origin: 'stored', state: model.state, isDefault: model.id === chosen, manifest: parseManifest(JSON.stringify(model.manifest)), sha256: model.sha256, note: model.note, tags: model.tags, runId: model.runId, publishedAt: model.publishedAt, createdAt: model.createdAt }
}

/** One of them by id or name, and all others to compare it with; null where there is none. */
export async function findCard(id: string): Promise<{ card: ModelCard; others: ModelCard[] } | null> {
  const all = await listLibrary()
  const card = all.find((model) => model.id === id) ?? all.find((model) => model.name === id)
  return card ? { card, others: all.filter((model) => model !== card) } : null
}

/** A model's two files. A name leads to a folder only when it is among those listed. @throws AuditweaveError 'unknown-model' */
export async function modelFiles(id: string): Promise<{ manifest: string; weights: () => Promise<Uint8Array> }> {
  const stored = await findModel(id)
  if (stored) return { manifest: JSON.stringify(stored.manifest), weights: () => modelWeights(stored.id) }
  const { folder } = await shippedModel(id)
  return { manifest: await readFile(join(folder, MANIFEST_FILE), 'utf8'), weights: () => readFile(join(folder, WEIGHTS_FILE)) }
}

/** What a model looks at, and how far finding it out has come. @throws AuditweaveError 'unknown-model', 'bad-explanation' */
export async function explanationOf(id: string): Promise<StoredExplanation> {
  const stored = await findModel(id)
  if (stored) return modelExplanation(stored.id)
  const { folder, manifest } = await shippedModel(id)
  return { explanation: await readExplanation(folder, manifest), explaining: null }
}

/** The text of a model's neighbours.json; `null` as JSON where it brings none, which is no fault of who asks. @throws AuditweaveError 'unknown-model' */
export async function neighboursText(id: string): Promise<string> {
  const stored = await findModel(id)
  return (stored ? await modelNeighbours(stored.id) : await readNeighboursText((await shippedModel(id)).folder)) ?? 'null'
}

/** The text of a shipped model's card, null where it has none. */
export async function cardText(id: string): Promise<string | null> {
  const { folder } = await shippedModel(id)
  return readFile(join(folder, 'README.md'), 'utf8').catch(() => null)
}

async function shippedModel(id: string) {
  const manifest = (await listFolders(shipped()).catch(() => [])).find(({ name }) => name === id)
  if (!manifest) throw new AuditweaveError('unknown-model', `There is no model "${id}". Open Models for those there are.`)
  return { folder: join(shipped(), manifest.name), manifest }
}
