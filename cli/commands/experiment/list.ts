import { Command } from 'commander'
import { listExperiments } from '@/lib/experiments/catalogue'
import { formatTable, printJson } from '../../output'

/** `auditweave experiment list`: what can be carried out, or what has been launched. */
export function listCommand(): Command {
  return new Command('list')
    .description('The experiments there are, or the launches of them that the database has.')
    .option('--launches', 'launches, the newest first, with how their runs stand')
    .option('--json', 'as JSON')
    .action(async (options: { launches?: boolean; json?: boolean }) => {
      if (options.launches) return listLaunches(options.json ?? false)
      const experiments = listExperiments()
      if (options.json) return printJson(experiments.map(({ name, title, question, reproduces }) => ({ name, title, question, reproduces })))
      process.stdout.write(`${formatTable(experiments.map((e) => [e.name, e.reproduces ?? 'ours', e.question]))}\n`)
    })
}

async function listLaunches(json: boolean): Promise<void> {
  const [{ withDatabase }, store] = await Promise.all([import('../../with-database'), import('@/lib/store/experiments')])
  const launches = await withDatabase(() => store.listExperiments())
  if (json) return printJson(launches.map(({ id, batch, name, scale, datasetName, state, createdAt, options, runs }) => ({ id, batch, name, scale, dataset: datasetName, state, createdAt, options, runs })))
  const rows = launches.map(({ id, batch, name, scale, datasetName, state, createdAt, runs }) => [id, name, scale, datasetName, state, `${runs.done} of ${runs.total}`, batch ?? '', createdAt])
  process.stdout.write(`${formatTable([['launch', 'experiment', 'scale', 'data set', 'state', 'done', 'batch', 'at'], ...rows])}\n`)
}
