import { Command } from 'commander'
import { visibleText } from '@/lib/contexts/visible-text'
import type { LayerSpec } from '@/lib/engine/types'
import { headNames } from '@/lib/model/interchange/head-names'
import { headSizes } from '@/lib/engine/spec'
import type { AnyManifest } from '@/lib/model/model-file'
import { loadModel } from '../../load-model'
import { formatTable, printJson } from '../../output'
import { storedModel } from './stored-models'

/** `auditweave model show NAME`: what a model is made of, what it was trained on and what it scored. */
export function showCommand(): Command {
  return new Command('show')
    .description('What a model is made of, what it was trained on and what it scored.')
    .argument('<name>', 'a model\'s name or folder')
    .option('--database', 'takes the model from the database')
    .option('--json', 'the whole manifest as JSON')
    .action(async (name: string, options: { database?: boolean; json?: boolean }) => {
      const { manifest } = await (options.database ? storedModel : loadModel)(name)
      if (options.json) return printJson(manifest)
      process.stdout.write(`${formatTable(describe(manifest))}\n`)
    })
}

function describe(manifest: AnyManifest): string[][] {
  const { network, data, protocol, features } = manifest
  const values = features.reduce((sum, { vocabulary }) => sum + vocabulary.length, 0)
  const heads = headNames(manifest).map((name, head) => `${name} ${headSizes(network)[head]}`)
  const rows: [string, string][] = [
    ['name', manifest.name],
    ['family', manifest.family],
    ['preset', manifest.preset],
    ['trained', `${manifest.created.slice(0, 10)} on ${data.name} (${data.lines.toLocaleString('en')} lines), seed ${manifest.settings.seed}, ${manifest.engine}`],
    ['split', `${protocol.name}, ${protocol.test} for the test, ${protocol.validation} for validation`],
    ['window', `${network.window} lines, ${manifest.inference.stride} from one to the next`],
    ['inputs', `${features.length} features with ${values.toLocaleString('en')} known values`],
    ...network.layers.map((layer, index): [string, string] => [`layer ${index}`, layerText(layer)]),
    ['classes', heads.join(', ')],
    ...Object.entries(manifest.metrics).map(([metric, value]): [string, string] => [metric, String(Math.round(value * 1e4) / 1e4)]),
    ...(manifest.notes ? [['notes', manifest.notes] as [string, string]] : []),
  ]
  return rows.map((row) => row.map(visibleText))
}

function layerText(layer: LayerSpec): string {
  switch (layer.kind) {
    case 'bilstm': return `bidirectional LSTM, ${layer.units} units each way`
    case 'batchNorm': return 'batch norm'
    case 'layerNorm': return 'layer norm'
    case 'dropout': return `dropout ${layer.rate}`
    case 'featureDropout': return `dropout of whole features ${layer.rate}`
    case 'dense': return `dense, ${layer.units} units, ${layer.activation}`
    case 'embedding': return `embedding of ${layer.sizes.length} features, ${layer.dimension} values each`
    case 'add': return `plus the output of layer ${layer.from}`
  }
}
