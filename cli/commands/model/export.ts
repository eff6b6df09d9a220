import { Command, Option } from 'commander'
import { version } from '@/lib/experiments/version.node.ts'
import type { TrainedModel } from '@/lib/model/model-file'
import { loadModel } from '../../load-model'
import { say } from '../../output'
import { writeBytes } from '../../write-file'
import { storedModel } from './stored-models'

type Write = (model: TrainedModel, options: { version: string }) => Uint8Array

/** How each format's file name ends, and what writes it, loaded when it is wanted. */
const FORMATS = {
  onnx: { ending: 'onnx', load: async (): Promise<Write> => (await import('@/lib/model/interchange/onnx/to-onnx')).toOnnx },
  'keras-npz': { ending: 'npz', load: async (): Promise<Write> => (await import('@/lib/model/interchange/keras/to-keras-npz')).toKerasNpz },
} as const

interface Options { format: keyof typeof FORMATS; output?: string; force?: boolean; database?: boolean }

/** `auditweave model export NAME --format FORMAT`: the network for other programs, in one file that stands alone. */
export function exportCommand(): Command {
  return new Command('export')
    .description('Writes a model for other programs: one file with network, weights, vocabularies and labels. See docs/interchange.md.')
    .argument('<name>', 'a model\'s name or folder')
    .addOption(new Option('--format <format>', 'what is written').choices(Object.keys(FORMATS)).makeOptionMandatory())
    .option('-o, --output <file>', 'where to write, - for standard output (default: ./NAME.onnx or ./NAME.npz)')
    .option('--force', 'replaces a file that is there already')
    .option('--database', 'takes the model from the database')
    .action(async (name: string, options: Options) => {
      const model = await (options.database ? storedModel : loadModel)(name)
      const { ending, load } = FORMATS[options.format]
      // A manifest's name is checked to be an id, so it cannot lead elsewhere.
      const path = options.output ?? `${model.manifest.name}.${ending}`
      const write = await load()
      const bytes = write(model, { version: version() })
      await writeBytes(path, bytes, { existing: options.force ? 'replace' : 'keep' })
      if (path !== '-') say(`${path}: ${bytes.length.toLocaleString('en')} bytes.`)
    })
}
