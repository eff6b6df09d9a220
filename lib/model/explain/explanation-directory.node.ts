import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AuditweaveError } from '@/lib/audit/errors'
import { EXPLANATION_FILE, isOf, parseExplanation, type ModelExplanation } from './explanation-file'
import { NEIGHBOURS_FILE, parseNeighbours, serialiseNeighbours, type NeighbourSample } from './neighbours'

type Owner = ModelExplanation['model']

/** Far above any of these files; keeps a wrong one from filling memory. */
const MAX_BYTES = 64 * 1024 ** 2

/** What is stored beside a model, null where nothing is or it is of an earlier model of that name. @throws AuditweaveError 'bad-explanation' */
export async function readExplanation(directory: string, owner: Owner): Promise<ModelExplanation | null> {
  const text = await readOptional(join(directory, EXPLANATION_FILE))
  const explanation = text === null ? null : parseExplanation(text)
  return explanation && isOf(explanation, owner) ? explanation : null
}

/** The same of the training lines beside a model. @throws AuditweaveError 'bad-neighbours' */
export async function readNeighbours(directory: string, owner: Owner): Promise<NeighbourSample | null> {
  const text = await readNeighboursText(directory)
  const sample = text === null ? null : parseNeighbours(text)
  return sample && isOf(sample, owner) ? sample : null
}

/** The file as it is, for a browser to read. */
export function readNeighboursText(directory: string): Promise<string | null> {
  return readOptional(join(directory, NEIGHBOURS_FILE))
}

export async function writeExplanation(directory: string, explanation: ModelExplanation): Promise<void> {
  await writeWhole(join(directory, EXPLANATION_FILE), `${JSON.stringify(explanation)}\n`)
}

export async function writeNeighbours(directory: string, sample: NeighbourSample): Promise<void> {
  await writeWhole(join(directory, NEIGHBOURS_FILE), serialiseNeighbours(sample))
}

async function readOptional(path: string): Promise<string | null> {
  try {
    const { size } = await stat(path)
    if (size > MAX_BYTES) throw new AuditweaveError('bad-explanation', `${path} is ${size} bytes long, more than it can be. Remove it.`)
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null
    throw error
  }
}

/** A reader sees the old file or the new one, never half of it. */
async function writeWhole(path: string, text: string): Promise<void> {
  const partial = `${path}.partial-${process.pid}`
  try {
    await writeFile(partial, text)
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}
