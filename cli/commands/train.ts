import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { availableParallelism } from 'node:os'
import { Command, Option } from 'commander'
import { AuditweaveError } from '@/lib/audit/errors'
import type { EpochRow, RunData, TrainingOutcome } from '@/lib/experiments/execute-types'
import { runModelName } from '@/lib/experiments/manifest'
import { PROTOCOLS, type Protocol, type RunSpec, type SplitName } from '@/lib/experiments/run-spec'
import { planTraining } from '@/lib/experiments/training-plan.node.ts'
import { writeModelDirectory } from '@/lib/model/model-directory.node.ts'
import { parseModel } from '@/lib/model/model-file'
import { MODEL_NAME } from '@/lib/model/model-name'
import { ENGINE_CHOICES, type EngineChoice } from '@/lib/engine/registry/optional'
import { presetNames } from '@/lib/model/presets'
import { splitName, wholeNumber } from '../arguments'
import { loadModel } from '../load-model'
import { formatTable, printJson, say } from '../output'
import { startProgress } from '../progress'
import { labelledLog, linesOfDataset, whereItIs } from '../training-source'
import { version } from '@/lib/experiments/version.node.ts'

interface Options {
  dataset: string
  truth?: string
  seed?: number
  engine?: EngineChoice
  output?: string
  protocol?: Protocol
  window?: number
  epochs?: number
  lines?: number
  threads: number
  scoredOn?: string
  storedSplit?: SplitName
  json?: boolean
  saveSpec?: string
}

/** `auditweave train SPEC|PRESET`: one network from a data set or file, scored under its protocol, written as a model folder. */
export function trainCommand(): Command {
  return new Command('train')
    .description('Trains a network and writes it as a model folder.')
    .argument('<spec>', `a preset (${presetNames().join(', ')}) or a JSON file with a run's settings`)
    .option('--dataset <name>', 'a data set of the database, or an audit log (its truth beside it as truth.jsonl.gz)', 'datasets/lab-a/audit.jsonl.gz')
    .option('--truth <file>', 'truth records, where they are not beside the log')
    .option('--seed <n>', 'seeds weights, shuffling, dropout and the split (default: the spec\'s, or 1)', wholeNumber(0))
    .addOption(new Option('--engine <engine>', 'how tensors are computed (default: the spec\'s, or auto)').choices([...ENGINE_CHOICES]))
    .addOption(new Option('--protocol <protocol>', 'how lines are split (default: the spec\'s, or blocked)').choices([...PROTOCOLS]))
    .option('--scored-on <name>', 'of the transfer protocol: the data set or audit log that scores what was learnt (chooses that protocol)')
    .option('--stored-split <name>', 'a split that is stored with the data set holds lines out, of its newest version or NAME@VERSION (chooses that protocol)', splitName)
    .option('--window <n>', 'lines in a window', wholeNumber(2))
    .option('--epochs <n>', 'most epochs', wholeNumber(1))
    .option('--lines <n>', 'only the first so many API lines', wholeNumber(1))
    .option('--threads <n>', 'worker threads', wholeNumber(1), availableParallelism())
    .option('--save-spec <file>', 'writes the settings that were used there, to be given as SPEC again')
    .option('-o, --output <dir>', 'the model folder (default: ./<model name>)')
    .option('--json', 'metrics and timings as JSON')
    .action(async (specArgument: string, options: Options) => {
      const spec = await planTraining(specArgument, { ...options, ...(options.scoredOn ? { protocol: 'transfer' } : options.storedSplit ? { protocol: 'stored' } : {}) })
      if (options.saveSpec) await writeFile(options.saveSpec, `${JSON.stringify(spec, null, 2)}\n`)
      const outcome = await whereItIs([options.dataset, ...(spec.scoredOn ? [spec.scoredOn] : [])], () => run(options.engine ? { ...spec, engine: options.engine } : spec, options))
      const target = options.output ?? runModelName(spec)
      const model = parseModel(outcome.model.manifest, outcome.model.weights)
      const name = MODEL_NAME.test(basename(target)) ? basename(target) : model.manifest.name
      const folder = await writeModelDirectory(target, { ...model, manifest: { ...model.manifest, name } })
      print(outcome, spec, options.json ?? false)
      say(`Model written to ${folder}`)
    })
}

async function run(spec: RunSpec, options: Options): Promise<TrainingOutcome> {
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort(new AuditweaveError('run-stopped', 'The training was stopped; no model was written.')))
  const bar = startProgress(`Training ${spec.preset}, W=${spec.window}, ${spec.protocol} protocol`, 1)
  try {
    const { executeRun } = await import('@/lib/experiments/execute-run')
    return await executeRun(spec, {
      threads: options.threads,
      version: version(),
      ...dataOf(options.dataset, options.truth),
      loadScored: (name) => Promise.resolve(dataOf(name)),
      loadModel,
      resume: null,
      signal: stop.signal,
      onProgress: ({ phase, done, total, epoch }) => bar.update(total ? done / total : 0, epoch ? `epoch ${epoch}` : phase),
      onEpoch: (row) => {
        bar.end()
        say(epochLine(row))
      },
      onCheckpoint: () => undefined,
    })
  } finally {
    bar.end()
  }
}

function dataOf(nameOrFile: string, truth?: string): RunData {
  const options = truth ? { truth } : {}
  const data = { loadLog: () => labelledLog(nameOrFile, options), loadLines: (limit: number | null) => linesOfDataset(nameOrFile, { limit, ...options }) }
  return existsSync(nameOrFile) ? data : { ...data, loadSplit: async (split) => (await import('@/lib/jobs/load-split')).loadSplit(nameOrFile, split) }
}

function epochLine(row: EpochRow): string {
  return `epoch ${String(row.epoch).padStart(3)}  loss ${row.loss.toFixed(5)}  validation loss ${row.validationLoss.toFixed(5)}  validation accuracy ${row.validationAccuracy.toFixed(4)}  rate ${row.learningRate}  ${row.seconds.toFixed(1)} s`
}

function print(outcome: TrainingOutcome, spec: RunSpec, json: boolean): void {
  for (const note of outcome.environment.engineNotes ?? []) say(note)
  if (json) return printJson({ spec, metrics: outcome.metrics, timings: outcome.timings, points: outcome.points, environment: outcome.environment })
  const { phases: _phases, ...seconds } = outcome.timings
  const rows = [...Object.entries(outcome.metrics), ...Object.entries(seconds)].map(([name, value]) => [name, String(Math.round(value * 1e4) / 1e4)])
  process.stdout.write(`protocol: ${spec.protocol}\n${formatTable(rows)}\n`)
}
