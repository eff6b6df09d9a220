import { Command } from 'commander'
import { formatTable, printJson } from '../../output'

/** `auditweave dataset list`. */
export function listCommand(): Command {
  return new Command('list')
    .description('The data sets in the database, the newest first.')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const [{ withDatabase }, { listDatasets }] = await Promise.all([import('../../with-database'), import('@/lib/store/datasets')])
      const datasets = await withDatabase(listDatasets)
      const rows = datasets.map(({ id, name, state, version, events, auditIDs, summary, createdAt }) => ({ id, name, state, version, events, requests: auditIDs, labelledAtImport: summary?.truth?.auditIDs ?? 0, createdAt }))
      if (json) return printJson(rows)
      if (rows.length === 0) return void process.stdout.write('There is no data set yet. Import one with: auditweave import FILE --name NAME\n')
      process.stdout.write(`${formatTable([['id', 'name', 'state', 'version', 'events', 'requests', 'at'], ...rows.map((row) => [row.id, row.name, row.state, String(row.version), row.events.toLocaleString('en'), row.requests.toLocaleString('en'), row.createdAt])])}\n`)
    })
}
