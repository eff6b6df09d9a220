import { Command } from 'commander'
import { formatTable, printJson } from '../../output'

/** `auditweave dataset versions NAME`. */
export function versionsCommand(): Command {
  return new Command('versions')
    .description('The versions of a data set, the newest first, with their content hashes.')
    .argument('<dataset>', 'its name or id')
    .option('--json', 'as JSON')
    .action(async (reference: string, { json }: { json?: boolean }) => {
      const [{ withDatabase }, { requireDataset }, { listVersions }] = await Promise.all([import('../../with-database'), import('@/lib/store/datasets'), import('@/lib/store/dataset-versions/versions')])
      const versions = await withDatabase(async () => listVersions((await requireDataset(reference)).id))
      if (json) return printJson(versions)
      const rows = versions.map(({ number, createdAt, actor, counts, labelsSha256, eventsSha256, note }) => [String(number), createdAt, actor, counts.labelled.toLocaleString('en'), String(counts.classes), labelsSha256.slice(0, 12), eventsSha256.slice(0, 12), note])
      process.stdout.write(`${formatTable([['version', 'at', 'by', 'labelled', 'classes', 'labels', 'events', 'note'], ...rows])}\n`)
    })
}
