import { Command, Option } from 'commander'
import { getExperiment, listExperiments } from '@/lib/experiments/catalogue'
import { SCALES, type Scale } from '@/lib/experiments/experiment-spec'
import { planLaunch } from '@/lib/experiments/launch'
import { reportMarkdown } from '@/lib/experiments/markdown'
import { PROTOCOLS, type Protocol } from '@/lib/experiments/run-spec'
import { AuditweaveError } from '@/lib/audit/errors'
import { wholeNumber } from '../arguments'
import { formatTable, printJson } from '../output'

interface RunOptions {
  scale: Scale
  dataset?: string
  windows?: number[]
  protocols?: Protocol[]
  seeds?: number[]
  workers?: number
  threads?: number
  json?: boolean
}

/** `auditweave experiment list | run | report`. */
export function experimentCommand(): Command {
  return new Command('experiment').description('Repeats the paper\'s experiments and ours.').addCommand(list()).addCommand(run()).addCommand(report())
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

function print(result: Parameters<typeof reportMarkdown>[0], json: boolean): void {
  if (json) printJson(result)
  else process.stdout.write(reportMarkdown(result))
}

function numbers(text: string): number[] {
  const values = text.split(',').map(Number)
  if (values.some((value) => !Number.isInteger(value) || value < 0)) throw new AuditweaveError('wrong-use', `"${text}" is no list of whole numbers, e.g. 5,20.`)
  return values
}

function protocols(text: string): Protocol[] {
  return text.split(',').map((value) => {
    const found = PROTOCOLS.find((protocol) => protocol === value)
    if (!found) throw new AuditweaveError('wrong-use', `"${value}" is no protocol: take ${PROTOCOLS.join(' or ')}.`)
    return found
  })
}
