import { basename } from 'node:path'
import { Command } from 'commander'
import { AuditweaveError } from '@/lib/audit/errors'
import { openSource, sourceSize } from '@/lib/audit/source.node.ts'
import { labelledLogBytes } from '@/lib/export/labelled/read-labels'
import { describeDataset } from '../../describe-dataset'
import { printJson, say } from '../../output'
import { startProgress } from '../../progress'
import { tellReport } from '../../tell-report'

interface Options { name: string; keepSecrets?: boolean; json?: boolean }

/** `auditweave dataset import FILE --name NAME`: events and labels from one file. */
export function importCommand(): Command {
  return new Command('import')
    .description('Imports a labelled log, events and labels from one file: JSON lines or Parquet of ours, or the reference implementation\'s (label, cplabel, UUID or uuid_new).')
    .argument('<file>', 'the labelled log, plain or gzip')
    .requiredOption('--name <name>', 'what to call the data set')
    .option('--keep-secrets', 'keeps Secret data and tokens as they are logged')
    .option('--json', 'the whole summary as JSON')
    .action(async (file: string, options: Options) => {
      if (file === '-') throw new AuditweaveError('wrong-use', 'A labelled log is read twice, for its labels and for its events: give a file.')
      if (options.keepSecrets) say('WARNING: --keep-secrets is set: Secret data and tokens go into the database as they are.')
      const [{ withDatabase }, { importDataset }] = await Promise.all([import('../../with-database'), import('@/lib/store/import-dataset')])
      await withDatabase(async () => {
        const bar = startProgress('Importing', await sourceSize(file))
        const { dataset, report } = await importDataset(labelledLogBytes(openSource(file), file), {
          name: options.name, sourceName: basename(file), truth: openSource(file), truthName: basename(file), keepSecrets: options.keepSecrets ?? false,
          onProgress: (progress) => bar.update(progress.bytes, `${progress.events.toLocaleString('en')} events`),
        })
        bar.end()
        if (options.json) printJson(dataset)
        else process.stdout.write(`${describeDataset(dataset).join('\n')}\n`)
        tellReport(report)
      })
    })
}
