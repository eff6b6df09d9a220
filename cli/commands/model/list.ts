import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { networkParameters, sizeOf } from '@/lib/engine/spec'
import { visibleText } from '@/lib/contexts/visible-text'
import { listModels } from '@/lib/model/model-directory.node.ts'
import type { AnyManifest } from '@/lib/model/model-file'
import { formatTable, printJson } from '../../output'
import { storedModels } from './stored-models'

const SHIPPED = fileURLToPath(new URL('../../../models', import.meta.url))

interface Row { readonly manifest: AnyManifest; readonly from: string }

/** `auditweave model list`: models that ship, model folders here, and on request those of the database. */
export function listCommand(): Command {
  return new Command('list')
    .description('The models that ship and those trained into folders here, with what they scored on lines they had not seen.')
    .option('--database', 'also the models that runs have left in the database')
    .option('--json', 'as JSON')
    .action(async (options: { database?: boolean; json?: boolean }) => {
      const rows = await findRows(options.database ?? false ? storedModels : null)
      if (options.json) return printJson(rows.map(summary))
      process.stdout.write(`${formatTable([['name', 'family', 'window', 'parameters', 'accuracy', 'macro F1', 'split', 'trained', 'from'], ...rows.map(cells)])}\n`)
    })
}

async function findRows(stored: (() => Promise<AnyManifest[]>) | null): Promise<Row[]> {
  const here = process.cwd()
  const places: [string, Promise<AnyManifest[]>][] = [['shipped', listModels(SHIPPED)]]
  if (resolve(here) !== resolve(SHIPPED)) places.push(['this folder', listModels(here)])
  if (stored) places.push(['database', stored()])
  const found = await Promise.all(places.map(async ([from, manifests]) => (await manifests).map((manifest): Row => ({ manifest, from }))))
  return found.flat()
}

/** Numbers that training moves. */
const parameters = ({ network }: AnyManifest): number => networkParameters(network).reduce((sum, { trained, shape }) => sum + (trained ? sizeOf(shape) : 0), 0)

function summary({ manifest, from }: Row): object {
  const { name, family, preset, created, network, protocol, metrics } = manifest
  return { name, family, preset, from, created, window: network.window, features: network.features, parameters: parameters(manifest), protocol, metrics }
}

const figure = (value: number | undefined): string => (value === undefined ? '-' : value.toFixed(4))

function cells({ manifest, from }: Row): string[] {
  const { name, family, network, metrics, protocol, created } = manifest
  return [name, family, String(network.window), parameters(manifest).toLocaleString('en'), figure(metrics.lineAccuracy), figure(metrics.lineMacroF1), protocol.name, created.slice(0, 10), from].map(visibleText)
}
