import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { AuditweaveError } from '@/lib/audit/errors'
import { MANIFEST_FILE, parseManifest, parseModel, serialiseModel, WEIGHTS_FILE, type AnyManifest, type TrainedModel } from './model-file'
import { checkModelName, MODEL_NAME } from './model-name'

/** Far above any model here; keeps a wrong path from filling memory. */
const MAX_FILE_BYTES = 1024 ** 3

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

/** Reads a model folder given by path, as the command line takes it. Throws 'no-model', 'bad-model' or 'bad-weights'. */
export async function readModelDirectory(directory: string): Promise<TrainedModel> {
  const [json, weights] = await Promise.all([readPart(directory, MANIFEST_FILE), readPart(directory, WEIGHTS_FILE)])
  return parseModel(json.toString('utf8'), weights)
}

async function readPart(directory: string, file: string): Promise<Buffer> {
  const path = join(directory, file)
  try {
    const { size } = await stat(path)
    if (size > MAX_FILE_BYTES) throw new AuditweaveError('bad-model', `${path} is ${size} bytes long, more than a model can be. Name a model folder.`)
    return await readFile(path)
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error))) throw error
    throw new AuditweaveError('no-model', `${directory} is no model folder: it has no ${file}. Name a folder with ${MANIFEST_FILE} and ${WEIGHTS_FILE}.`)
  }
}

/** Names and manifests of the models in a folder of models, by name; folders that hold no sound model are left out. */
export async function listModels(root: string): Promise<AnyManifest[]> {
  const found: AnyManifest[] = []
  for (const name of await modelNames(root)) {
    try {
      found.push(parseManifest((await readPart(join(root, name), MANIFEST_FILE)).toString('utf8')))
    } catch (error) {
      if (!(error instanceof AuditweaveError)) throw error
    }
  }
  return found
}

async function modelNames(root: string): Promise<string[]> {
  try {
    const entries = await readdir(root, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory() && MODEL_NAME.test(entry.name)).map((entry) => entry.name).sort()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

/** Reads a model by name from the first of these folders that has it; an unknown name is answered with the names there are. */
export async function readNamedModel(roots: readonly string[], name: string): Promise<TrainedModel> {
  checkModelName(name)
  const names = await Promise.all(roots.map(modelNames))
  const root = roots.find((_, i) => names[i]?.includes(name))
  if (root !== undefined) return readModelDirectory(join(root, name))
  const known = [...new Set(names.flat())].sort()
  throw new AuditweaveError('unknown-model', `There is no model "${name}": ${known.length > 0 ? `the models here are ${known.join(', ')}.` : 'no model is here yet; train one with `auditweave train`.'}`)
}

/**
 * Writes a model folder whole or not at all: into a temporary folder beside it, flushed to the disk, then renamed. An
 * existing model folder of that path is replaced; any other folder is left alone. Returns the folder's absolute path.
 */
export async function writeModelDirectory(directory: string, model: TrainedModel): Promise<string> {
  const target = resolve(directory)
  const { json, weights } = serialiseModel(model)
  const bytes = Buffer.byteLength(json) + weights.length
  await refuseForeignFolder(target)
  const temporary = join(dirname(target), `.${model.manifest.name}-${randomBytes(6).toString('hex')}.tmp`)
  try {
    await mkdir(temporary, { recursive: true })
    await writeFlushed(join(temporary, MANIFEST_FILE), json)
    await writeFlushed(join(temporary, WEIGHTS_FILE), weights)
    await replaceFolder(temporary, target)
  } catch (error) {
    await rm(temporary, { recursive: true, force: true })
    throw codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT' ? diskFull(target, bytes, error) : error
  }
  return target
}

function diskFull(target: string, bytes: number, cause: unknown): AuditweaveError {
  return new AuditweaveError('disk-full', `The disk is full: the model needs ${bytes} bytes at ${target}. Nothing was left half-written; free some space or name another folder, then run it again.`, { cause })
}

async function refuseForeignFolder(target: string): Promise<void> {
  try {
    const files = await readdir(target)
    if (files.length === 0 || files.includes(MANIFEST_FILE)) return
    throw new AuditweaveError('not-a-model-folder', `${target} exists and is no model folder: name another folder.`)
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') throw new AuditweaveError('not-a-model-folder', `${target} is a file: name a folder.`)
    if (codeOf(error) !== 'ENOENT') throw error
  }
}

async function writeFlushed(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Renaming onto a folder with files fails, so the old one steps aside first and comes back if the rename fails. */
async function replaceFolder(temporary: string, target: string): Promise<void> {
  const aside = `${temporary}.old`
  const had = await rename(target, aside).then(() => true, (error: unknown) => {
    if (codeOf(error) === 'ENOENT') return false
    throw error
  })
  try {
    await rename(temporary, target)
  } catch (error) {
    if (had) await rename(aside, target)
    throw error
  }
  if (had) await rm(aside, { recursive: true, force: true })
  const parent = await open(dirname(target), 'r')
  try {
    await parent.sync()
  } finally {
    await parent.close()
  }
}
