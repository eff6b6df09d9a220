import type { Command } from 'commander'
import { availableParallelism } from 'node:os'
import { explainModel, neighboursOf } from '@/lib/model/explain/explain-model'
import { writeExplanation, writeNeighbours } from '@/lib/model/explain/explanation-directory.node.ts'
import type { ModelExplanation } from '@/lib/model/explain/explanation-file'
import { wholeNumber } from '../../arguments'
import { DEFAULT_MODEL } from '@/lib/model/default-model'
import { openLabelledFile } from '../../labelled-file'
import { say } from '../../output'
import { startProgress } from '../../progress'
import { collectLabelled, engineFor, openModel, trainingLog } from './explained-data'

export interface ExplainCommandOptions {
  dataset?: string
  truth?: string
  threads: number
  json?: boolean
  save?: boolean
  repeats?: number
  seed?: number
  lines?: number
  depth?: number
  leaves?: number
}

/** What commands that look at a whole model have in common. */
export function withModelOptions(command: Command): Command {
  return command
    .argument('[model]', 'a model\'s name or folder', DEFAULT_MODEL)
    .option('--dataset <file>', 'an audit log with its truth beside it (default: what the model was trained on)')
    .option('--truth <file>', 'truth records, where they are not beside the log')
    .option('--threads <n>', 'worker threads', wholeNumber(1), availableParallelism())
    .option('--json', 'as JSON')
}

/** Explains a model on a labelled log and, if asked, keeps the result beside it. */
export async function carryOut(name: string | undefined, options: ExplainCommandOptions, wanted: readonly ('importance' | 'tree')[]): Promise<ModelExplanation> {
  const { model, folder } = await openModel(name ?? DEFAULT_MODEL)
  const { manifest } = model
  const log = await openLabelledFile(options.dataset ?? trainingLog(model), options.truth)
  const { explainable } = await collectLabelled(model, log)
  const engine = await engineFor(options.threads)
  const bar = startProgress(`Explaining ${manifest.name}`, 1)
  // What is kept is shown as one page.
  const parts = options.save ? (['tree', 'importance'] as const) : wanted
  try {
    const { repeats, seed, lines, depth, leaves, threads } = options
    const explanation = await explainModel(manifest, explainable, engine, log.source, {
      wanted: parts, threads, onProgress: (part, share) => bar.update(share, part),
      ...(repeats ? { repeats } : {}), ...(seed === undefined ? {} : { seed }), ...(lines ? { lines } : {}), ...(depth ? { maxDepth: depth } : {}), ...(leaves ? { maxLeaves: leaves } : {}),
    })
    if (options.save) {
      await writeExplanation(folder, explanation)
      if (log.source.sha256 === manifest.data.sha256) await writeNeighbours(folder, await neighboursOf(manifest, explainable, engine, log.source, { threads }))
      say(`Kept in ${folder}`)
    }
    return explanation
  } finally {
    bar.end()
  }
}

/** Which lines the figures are of. */
export function judgedText({ model, data, heldOut }: ModelExplanation): string {
  return heldOut ? `${model.name} on lines of ${data.name} that it was not trained on.` : `${model.name} on lines of ${data.name} that it was trained on too (the paper's protocol holds none back): the figures flatter it.`
}
