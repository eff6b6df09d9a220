import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { AuditweaveError } from '@/lib/audit/errors'
import { projectRoot } from '@/lib/store/home'
import { launchFolderImport } from './queue'

/** A capture that ships with the project, under datasets/. */
export interface ShippedDataset { readonly name: string; readonly bytes: number; readonly hasTruth: boolean }

const LOG = 'audit.jsonl.gz'
const TRUTH = 'truth.jsonl.gz'

/** The captures under datasets/, by name. */
export async function listShippedDatasets(): Promise<ShippedDataset[]> {
  const entries = await readdir(/* turbopackIgnore: true */ shippedRoot(), { withFileTypes: true }).catch(() => [])
  const found = await Promise.all(entries.filter((entry) => entry.isDirectory()).map(({ name }) => describe(name)))
  return found.filter((dataset) => dataset !== null).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Queues the import of a shipped capture with its truth and description; returns the data set's id. @throws AuditweaveError 'unknown-capture', 'name-taken' */
export async function launchShippedImport(name: string, options: { newName?: string } = {}): Promise<string> {
  const known = await listShippedDatasets()
  if (!known.some((dataset) => dataset.name === name)) throw new AuditweaveError('unknown-capture', `No capture "${name.slice(0, 60)}" ships with Auditweave. There are ${known.map((dataset) => dataset.name).join(', ') || 'none'}.`)
  const card = await readFile(/* turbopackIgnore: true */ path.join(shippedRoot(), name, 'README.md'), 'utf8').catch(() => '')
  return launchFolderImport(name, options.newName ?? name, card)
}

/** The files of a shipped capture; the name must have been checked. */
export async function shippedFiles(name: string): Promise<{ log: string; truth: string | null }> {
  const folder = path.join(shippedRoot(), name)
  const truth = path.join(folder, TRUTH)
  return { log: path.join(folder, LOG), truth: (await exists(truth)) ? truth : null }
}

function shippedRoot(): string {
  return path.join(/* turbopackIgnore: true */ projectRoot(), 'datasets')
}

async function describe(name: string): Promise<ShippedDataset | null> {
  const log = await stat(/* turbopackIgnore: true */ path.join(shippedRoot(), name, LOG)).catch(() => null)
  return log === null ? null : { name, bytes: log.size, hasTruth: await exists(path.join(shippedRoot(), name, TRUTH)) }
}

function exists(file: string): Promise<boolean> {
  return stat(/* turbopackIgnore: true */ file).then(() => true, () => false)
}
