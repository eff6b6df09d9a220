import { Command, Option } from 'commander'
import { AuditweaveError } from '@/lib/audit/errors'
import { exportLabelled, LABELLED_FORMATS, type LabelledFormat } from '@/lib/export/labelled/formats'
import { writeOutput } from '../../output'

/** `auditweave dataset export NAME --format FORMAT`. */
export function exportCommand(): Command {
  return new Command('export')
    .description('Writes a data set to a file: jsonl and parquet (events with labels), k8ntext and k8ntext-2024 (as the reference implementation reads), truth (labels alone), audit (events alone), csv (a table of the labels).')
    .argument('<dataset>', 'NAME or NAME@VERSION')
    .addOption(new Option('--format <format>', 'what to write').choices([...LABELLED_FORMATS]).default('jsonl'))
    .option('-o, --output <file>', 'where to (default: standard output)')
    .action(async (reference: string, { format, output }: { format: LabelledFormat; output?: string }) => {
      if (format === 'parquet' && (output === undefined || output === '-') && process.stdout.isTTY) throw new AuditweaveError('wrong-use', 'Parquet is binary and standard output is a terminal: name a file with -o, or send it through a pipe.')
      const [{ withDatabase }, { labelledEvents }, { placeOf }] = await Promise.all([import('../../with-database'), import('@/lib/store/dataset-versions/labelled-events'), import('@/lib/store/dataset-versions/versions')])
      await withDatabase(async () => writeOutput(output, exportLabelled(format, await labelledEvents(await placeOf(reference)))))
    })
}
