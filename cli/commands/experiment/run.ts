import { Command, Option } from 'commander'
import { AuditweaveError } from '@/lib/audit/errors'
import { ENGINE_CHOICES, type EngineChoice } from '@/lib/engine/registry/optional'
import { getExperiment, listExperiments } from '@/lib/experiments/catalogue'
import { EARLY_STOP } from '@/lib/experiments/launch-options'
import { PROTOCOLS, type Protocol, type SplitName } from '@/lib/experiments/run-spec'
import { SEARCH_METHODS, type SearchMethod } from '@/lib/experiments/search/search-spec'
import { SCALES, type ExperimentSpec, type Scale } from '@/lib/experiments/spec/experiment-spec'
import { splitName, wholeNumber } from '../../arguments'
import { durationSeconds } from '../../experiments/duration'
import { addAxis, numbers, oneOfEach, type AxisChoices } from '../../experiments/lists'
import type { LaunchRequest } from '../../experiments/plans'
import { budgetOf, print } from './print'
import { priority } from './steer'

interface Options {
  scale: Scale
  only?: string[]
  dataset?: string
  scoredOn?: string
  storedSplit?: SplitName
  axis?: AxisChoices
  windows?: number[]
  protocols?: Protocol[]
  seeds?: number[]
  lines?: number
  epochs?: number
  methods?: SearchMethod[]
  engine?: EngineChoice
  budget?: number
  maxRuns?: number
  earlyStop?: boolean
  priority?: number
  anew?: boolean
  workers?: number
  threads?: number
  json?: boolean
}

/** `auditweave experiment run NAME|all`: launches, works, reports; the same command goes on with what it left unfinished. */
export function runCommand(): Command {
  const command = new Command('run')
    .description('Carries out an experiment, or all of them: runs go into the database, the report to standard output (of several, how each ended). Interrupted in any way, the same command goes on where it was.')
    .argument('<name>', 'an experiment, or all')
    .addOption(new Option('--scale <scale>', 'smoke (CI), quick (minutes) or paper (as published)').choices([...SCALES]).default('quick'))
    .option('--only <list>', 'with all: only these experiments', (text: string) => text.split(','))
    .option('--anew', 'begins again instead of going on')
  return carriedOut(narrowed(command)).action(async (name: string, options: Options) => {
    if (name === 'all' && options.storedSplit) throw new AuditweaveError('wrong-use', 'A stored split holds lines out of one experiment: name one instead of all.')
    const request = { ...requestOf(specsOf(name, options.only), options), anew: options.anew ?? false }
    const { carryOut } = await import('../../experiments/carry-out')
    print(await carryOut(request, options), options.json ?? false)
  })
}

function narrowed(command: Command): Command {
  return command
    .option('--dataset <name>', 'a data set of the database (default: the experiment\'s own, imported if it ships and is not there)')
    .option('--scored-on <name>', 'of the transfer protocol: the data set that is scored on')
    .option('--stored-split <name>', 'holds lines out as a split says that is stored with the data set, of its newest version or NAME@VERSION', splitName)
    .option('--axis <name=list>', 'only these values of an axis, e.g. preset=k8ntext,linked; may be given again', addAxis)
    .option('--windows <list>', 'short for --axis window=', numbers)
    .addOption(new Option('--protocols <list>', `short for --axis protocol=, of ${PROTOCOLS.join(', ')}`).argParser(oneOfEach(PROTOCOLS, 'protocol')))
    .option('--seeds <list>', 'these seeds instead of the scale\'s', numbers)
    .option('--lines <n>', 'only the first so many lines', wholeNumber(100))
    .option('--epochs <n>', 'most epochs of a run; in a search, of its longest trials', wholeNumber(1))
    .addOption(new Option('--methods <list>', `of a search, only these of ${SEARCH_METHODS.join(', ')}`).argParser(oneOfEach(SEARCH_METHODS, 'way of searching')))
    .addOption(new Option('--engine <engine>', 'computes the runs; is stored with them (default: auto, or what their worker is told)').choices([...ENGINE_CHOICES]))
}

function carriedOut(command: Command): Command {
  return command
    .option('--budget <time>', 'run time that all runs together may take, e.g. 30m or 1h30m; then the rest is stopped', durationSeconds)
    .option('--max-runs <n>', 'runs that may begin', wholeNumber(1))
    .option('--early-stop', `gives up a training that is worse than the median of ${EARLY_STOP.leastRuns} finished ones, after ${EARLY_STOP.graceEpochs} epochs`)
    .option('--priority <n>', 'from -100 to 100; larger begins before what others have queued', priority)
    .option('--workers <n>', 'runs carried out at a time (default: as many as there are cores); 0 leaves them to workers elsewhere', wholeNumber(0))
    .option('--threads <n>', 'engine threads a run may use (default: the cores shared out)', wholeNumber(1))
    .option('--json', 'as JSON')
}

function specsOf(name: string, only: readonly string[] | undefined): readonly ExperimentSpec[] {
  if (name !== 'all' && only) throw new AuditweaveError('wrong-use', '--only chooses from all: write run all --only NAME,NAME.')
  if (name !== 'all') return [getExperiment(name)]
  if (!only) return listExperiments()
  const wanted = new Set(only.map((one) => getExperiment(one).name))
  return listExperiments().filter((spec) => wanted.has(spec.name))
}

function requestOf(specs: readonly ExperimentSpec[], options: Options): LaunchRequest {
  const { scale, seeds, lines, epochs, engine, methods, dataset, scoredOn, storedSplit, windows, protocols } = options
  const axes = { ...options.axis, ...(windows ? { window: windows } : {}), ...(protocols ? { protocol: protocols } : {}) }
  const budget = budgetOf(options)
  return {
    specs, dataset, scoredOn,
    choices: { scale, seeds, lines, epochs, engine, methods, ...(storedSplit ? { storedSplit } : {}), ...(Object.keys(axes).length > 0 ? { axes } : {}) },
    options: { ...(options.priority ? { priority: options.priority } : {}), ...(budget ? { budget } : {}), ...(options.earlyStop ? { earlyStop: EARLY_STOP } : {}) },
  }
}
