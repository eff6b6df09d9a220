import { Command, Option } from 'commander'
import { AuditweaveError } from '@/lib/audit/errors'
import { ENGINE_CHOICES, type EngineChoice } from '@/lib/engine/registry/optional'
import { getExperiment, listExperiments } from '@/lib/experiments/catalogue'
import { SCALES, type Scale } from '@/lib/experiments/experiment-spec'
import { planLaunch } from '@/lib/experiments/launch'
import { reportMarkdown } from '@/lib/experiments/markdown'
import { PROTOCOLS, type Protocol } from '@/lib/experiments/run-spec'
import { SEARCH_METHODS, type SearchMethod } from '@/lib/experiments/search/search-spec'
import { wholeNumber } from '../arguments'
import { formatTable, printJson, say } from '../output'

interface RunOptions {
  scale: Scale
  dataset?: string
  windows?: number[]
  protocols?: Protocol[]
  seeds?: number[]
  epochs?: number
  methods?: SearchMethod[]
  engine?: EngineChoice
  workers?: number
  threads?: number
  json?: boolean
}

/** `auditweave experiment list | run | report | stop | resume`. */
export function experimentCommand(): Command {
  const commands = [list(), run(), report(), stop(), resume()]
  return commands.reduce((parent, command) => parent.addCommand(command), new Command('experiment').description('Repeats the paper\'s experiments and ours.'))
}

function list(): Command {
  return new Command('list')
    .description('The experiments there are.')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) => {
      const experiments = listExperiments()
      if (options.json) return printJson(experiments.map(({ name, title, question, reproduces }) => ({ name, title, question, reproduces })))
      process.stdout.write(`${formatTable(experiments.map((e) => [e.name, e.reproduces, e.question]))}\n`)
    })
}

function run(): Command {
  return new Command('run')
    .description('Carries out an experiment: its runs go into the database, its report to standard output.')
    .argument('<name>')
    .addOption(new Option('--scale <scale>', 'smoke (CI), quick (minutes) or paper (as published)').choices([...SCALES]).default('quick'))
    .option('--dataset <name>', 'a data set of the database (default: the experiment\'s own, imported if it ships and is not there)')
    .option('--windows <list>', 'only these windows, e.g. 5,20', numbers)
    .addOption(new Option('--protocols <list>', `only these of ${PROTOCOLS.join(', ')}`).argParser(protocols))
    .option('--seeds <list>', 'these seeds instead of the scale\'s', numbers)
    .option('--epochs <n>', 'most epochs of a run; in a search, of its longest trials', wholeNumber(1))
    .addOption(new Option('--methods <list>', `of a search, only these of ${SEARCH_METHODS.join(', ')}`).argParser(methods))
    .addOption(new Option('--engine <engine>', 'computes the runs; is stored with them (default: auto, or what their worker is told)').choices([...ENGINE_CHOICES]))
    .option('--workers <n>', 'runs carried out at a time (default: as many as there are cores)', wholeNumber(1))
    .option('--threads <n>', 'engine threads a run may use (default: the cores shared out)', wholeNumber(1))
    .option('--json', 'the report as JSON')
    .action(async (name: string, options: RunOptions) => {
      const spec = getExperiment(name)
      const plan = planLaunch(spec, options)
      const { runExperiment } = await import('../run-experiment')
      const result = await runExperiment(spec, plan, { dataset: options.dataset ?? spec.dataset, ...(options.workers ? { workers: options.workers } : {}), ...(options.threads ? { threads: options.threads } : {}) })
      print(result, options.json ?? false)
    })
}

function report(): Command {
  return new Command('report')
    .description('The report of the latest launch of an experiment that the database has.')
    .argument('<name>')
    .option('--launch <id>', 'an earlier launch')
    .option('--json', 'as JSON')
    .action(async (name: string, options: { launch?: string; json?: boolean }) => {
      const spec = getExperiment(name)
      const { reportExperiment } = await import('../run-experiment')
      print(await reportExperiment(spec, options.launch ?? null), options.json ?? false)
    })
}

function stop(): Command {
  return new Command('stop')
    .description('Stops the runs of a launch; what they have learnt is kept, and a search grows no further.')
    .argument('<launch>', 'its id, as report and the web application show it')
    .action(async (launch: string) => {
      const { stopLaunch } = await import('../run-experiment')
      await stopLaunch(launch)
      say(`Launch ${launch} is stopped. auditweave experiment resume ${launch} lets it go on.`)
    })
}

function resume(): Command {
  return new Command('resume')
    .description('Carries on a launch that was stopped or interrupted, each run from its checkpoint.')
    .argument('<launch>', 'its id')
    .option('--workers <n>', 'runs carried out at a time (default: as many as there are cores)', wholeNumber(1))
    .option('--threads <n>', 'engine threads a run may use (default: the cores shared out)', wholeNumber(1))
    .option('--json', 'the report as JSON')
    .action(async (launch: string, options: { workers?: number; threads?: number; json?: boolean }) => {
      const { resumeLaunch } = await import('../run-experiment')
      print(await resumeLaunch(launch, options), options.json ?? false)
    })
}

function print(result: Parameters<typeof reportMarkdown>[0], json: boolean): void {
  if (json) printJson(result)
  else process.stdout.write(reportMarkdown(result))
}

function numbers(text: string): number[] {
  const values = text.split(',').map(Number)
  if (values.some((value) => !Number.isInteger(value) || value < 0)) throw new AuditweaveError('wrong-use', `"${text}" is no list of whole numbers, e.g. 5,20.`)
  return values
}

const protocols = (text: string): Protocol[] => oneOfEach(text, PROTOCOLS, 'protocol')
const methods = (text: string): SearchMethod[] => oneOfEach(text, SEARCH_METHODS, 'way of searching')

function oneOfEach<T extends string>(text: string, known: readonly T[], what: string): T[] {
  return text.split(',').map((value) => {
    const found = known.find((one) => one === value)
    if (!found) throw new AuditweaveError('wrong-use', `"${value}" is no ${what}: take ${known.join(' or ')}.`)
    return found
  })
}
