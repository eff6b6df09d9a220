import { basename } from 'node:path'
import { Command } from 'commander'
import { openSource, sourceSize } from '@/lib/audit/source.node.ts'
import { say, printJson } from '../output'
import { describeDataset } from '../describe-dataset'
import { startProgress } from '../progress'
import { tellReport } from '../tell-report'

interface Options {
  name: string
  truth?: string
  keepSecrets?: boolean
  json?: boolean
}

/** `auditweave import INPUT --name NAME`: a capture, with its truth if there is one, into the database. */
export function importCommand(): Command {
  return new Command('import')
    .description('Imports an audit log into the database; prints the data set\'s id and summary.')
    .argument('<input>', 'an audit log; - for standard input')
    .requiredOption('--name <name>', 'what to call the data set')
    .option('--truth <file>', 'truth records of the capture')
    .option('--keep-secrets', 'keeps Secret data and tokens as they are logged')
    .option('--json', 'the whole summary as JSON')
    .action(async (input: string, options: Options) => {
      if (options.keepSecrets) say('WARNING: --keep-secrets is set: Secret data and tokens go into the database as they are.')
      const { withDatabase } = await import('../with-database')
      const { importDataset } = await import('@/lib/store/import-dataset')
      const { rejectsFile } = await import('@/lib/store/rejects')
      await withDatabase(async () => {
        const totalBytes = await sourceSize(input)
        const bar = startProgress('Importing', totalBytes)
        const { dataset, report } = await importDataset(openSource(input), {
          name: options.name,
          sourceName: input === '-' ? 'standard input' : basename(input),
          ...(options.truth ? { truth: openSource(options.truth), truthName: basename(options.truth) } : {}),
          keepSecrets: options.keepSecrets ?? false,
          totalBytes,
          onProgress: (progress) => bar.update(progress.bytes, `${progress.events.toLocaleString('en')} events`),
        })
        bar.end()
        if (options.json) printJson(dataset)
        else process.stdout.write(`${describeDataset(dataset).join('\n')}\n`)
        tellReport(report)
        if (report.rejected > 0) say(`The rejected lines are kept in ${rejectsFile(dataset.id)}.`)
      })
    })
}
