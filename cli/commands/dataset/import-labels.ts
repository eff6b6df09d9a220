import { basename } from 'node:path'
import { Command } from 'commander'
import { openSource } from '@/lib/audit/source.node.ts'
import { readLabels } from '@/lib/export/labelled/read-labels'
import { printJson, say } from '../../output'
import { asOption } from './actor'

/** `auditweave dataset import-labels NAME FILE`. */
export function importLabelsCommand(): Command {
  return new Command('import-labels')
    .description('Labels the requests of a data set as a file says: truth records, or a labelled log of ours or of the reference implementation. One act, which can be undone on the labelling page.')
    .argument('<dataset>', 'its name or id')
    .argument('<file>', 'plain or gzip; - for standard input')
    .addOption(asOption())
    .option('--json', 'as JSON')
    .action(async (reference: string, file: string, { as: actor, json }: { as: string; json?: boolean }) => {
      const read = await readLabels(openSource(file), file)
      const [{ withDatabase }, { importLabels }] = await Promise.all([import('../../with-database'), import('@/lib/store/dataset-versions/relabel')])
      const done = await withDatabase(() => importLabels(reference, read.labels, { actor, file: file === '-' ? 'standard input' : basename(file) }))
      if (json) return printJson({ format: read.format, unlabelled: read.unlabelled, contradicting: read.contradicting, ...done })
      process.stdout.write(`${done.changed.toLocaleString('en')} of ${read.labels.size.toLocaleString('en')} labels of the file (${read.format}) were new or other.\n`)
      if (done.notInLog > 0) say(`${done.notInLog.toLocaleString('en')} auditIDs of the file are not in the log.`)
      if (read.contradicting > 0) say(`${read.contradicting.toLocaleString('en')} lines contradict an earlier one of the same auditID, which counts.`)
      if (read.unlabelled > 0) say(`${read.unlabelled.toLocaleString('en')} lines bear no label that can be read.`)
    })
}
