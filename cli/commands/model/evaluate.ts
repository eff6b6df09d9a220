import { availableParallelism } from 'node:os'
import { Command, Option } from 'commander'
import { ENGINE_CHOICES, type EngineChoice } from '@/lib/engine/registry/optional'
import { isLinkedModel, isWindowsModel, type TrainedModel } from '@/lib/model/model-file'
import type { FormScores } from '@/lib/model/linked/linked-run'
import { wholeNumber } from '../../arguments'
import { linkedFigures, windowsFigures } from '../../linked-figures'
import { DEFAULT_MODEL } from '@/lib/model/default-model'
import { loadModel } from '../../load-model'
import { printJson, say } from '../../output'
import { startProgress } from '../../progress'
import { labelledLog, whereItIs } from '../../training-source'

interface Options {
  dataset: string
  truth?: string
  engine: EngineChoice
  threads: number
  json?: boolean
}

/** `auditweave model evaluate [MODEL]`: the network alone on a whole labelled log, as it is and in the forms that other policies give it. */
export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('Scores a model on a labelled log: of another cluster than its own, this is the transfer protocol.')
    .argument('[model]', 'a model\'s name or folder', DEFAULT_MODEL)
    .requiredOption('--dataset <name>', 'a data set of the database, or an audit log (its truth beside it as truth.jsonl.gz)')
    .option('--truth <file>', 'truth records, where they are not beside the log')
    .addOption(new Option('--engine <engine>', 'how tensors are computed').choices([...ENGINE_CHOICES]).default('auto'))
    .option('--threads <n>', 'worker threads', wholeNumber(1), availableParallelism())
    .option('--json', 'figures as JSON')
    .action(async (name: string, options: Options) => {
      const model = await loadModel(name)
      const forms = await whereItIs(options.dataset, () => evaluate(model, options))
      if (options.json) return printJson({ model: model.manifest.name, dataset: options.dataset, forms })
      process.stdout.write(`${isLinkedModel(model) ? linkedFigures(forms) : windowsFigures(forms)}\n`)
    })
}

async function evaluate(model: TrainedModel, options: Options): Promise<FormScores[]> {
  const { loadEngine } = await import('@/lib/engine/load.node.ts')
  const { engine, notes } = await loadEngine(options.engine, { threads: options.threads })
  for (const note of notes) say(note)
  const log = await labelledLog(options.dataset, options.truth ? { truth: options.truth } : {})
  const bar = startProgress('Reading', null)
  const hooks = { threads: options.threads, onRead: (events: number) => bar.update(events) }
  try {
    if (isLinkedModel(model)) return await (await import('@/lib/experiments/evaluate-linked')).evaluateLinked(model, log, engine, hooks)
    if (isWindowsModel(model)) return await (await import('@/lib/experiments/evaluate-windows')).evaluateWindows(model, log, engine, hooks)
    return []
  } finally {
    bar.end()
  }
}
