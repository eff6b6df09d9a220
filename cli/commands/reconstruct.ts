import { Command, Option } from 'commander'
import { AuditweaveError } from '@/lib/audit/errors'
import { formatLevelReport, levelReport } from '@/lib/audit/level-report'
import { exportRecords, FORMATS, type Format } from '@/lib/export/formats'
import { say, writeOutput } from '../output'
import type { Method } from '../reconstruct-audit'
import { DEFAULT_MODEL } from '@/lib/model/default-model'
import { tellReport } from '../tell-report'

interface Options {
  output?: string
  model: string
  method: Method
  format: Format
  levelReport?: boolean
  keepSecrets?: boolean
  rejects?: string
  labels?: string
}

/** `auditweave reconstruct INPUT`: every line with its role, label, context and the links that say why. */
export function reconstructCommand(): Command {
  return new Command('reconstruct')
    .description('Finds, for every line of an audit log, the user\'s action behind it.')
    .argument('<input>', 'an audit log: JSON lines, EventList, array or a cloud envelope, gzip or plain; - for standard input')
    .option('-o, --output <file>', 'where to write (default: standard output)')
    .option('--model <name>', 'the model, by name or folder, that speaks where no link does; none for links alone', DEFAULT_MODEL)
    .addOption(new Option('--method <method>', 'linked: links, then the network; network: the network alone; k8ntext, k8ntext-2024: the paper\'s clusterers over its labels').choices(['linked', 'network', 'k8ntext', 'k8ntext-2024']).default('linked'))
    .option('--labels <file>', 'truth records whose labels the paper\'s clusterers take instead of a model\'s, to tell their faults apart')
    .addOption(new Option('--format <format>', 'what is written').choices([...FORMATS]).default('jsonl'))
    .option('--level-report', 'tells which audit levels the log has and what that costs')
    .option('--keep-secrets', 'keeps Secret data and tokens as they are logged')
    .option('--rejects <file>', 'writes the lines that could not be read there')
    .action(async (input: string, options: Options) => {
      // A terminal would obey some of those bytes.
      if (options.format === 'parquet' && (options.output === undefined || options.output === '-')) throw new AuditweaveError('wrong-use', 'Parquet is no text: name a file with -o.')
      if (options.keepSecrets) say('WARNING: --keep-secrets is set: Secret data and tokens stay in memory and may reach what is written.')
      const { reconstructAudit } = await import('../reconstruct-audit')
      const { records, contexts, report } = await reconstructAudit(input, options)
      const written = { bytes: 0 }
      await writeOutput(options.output, counted(exportRecords(options.format, records, contexts), written))
      if (options.format === 'compact') say(savedText(report.plainBytes, written.bytes))
      say(`${report.events.toLocaleString('en')} events, ${contexts.length.toLocaleString('en')} contexts.`)
      tellReport(report)
      if (options.levelReport) say(formatLevelReport(levelReport(report.levels)).join('\n'))
    })
}

async function* counted(pieces: AsyncIterable<string | Uint8Array>, written: { bytes: number }): AsyncGenerator<string | Uint8Array> {
  for await (const piece of pieces) {
    written.bytes += typeof piece === 'string' ? Buffer.byteLength(piece) : piece.length
    yield piece
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e6 ? 3 : 1)} MB`

/** Sizes before and after, as the paper's storage reduction gives them. */
function savedText(before: number, after: number): string {
  return `Compact: ${megabytes(before)} of log, unpacked, are ${megabytes(after)} now, ${(before / Math.max(1, after)).toFixed(1)} times less (${(100 * after / Math.max(1, before)).toFixed(2)} %).`
}
