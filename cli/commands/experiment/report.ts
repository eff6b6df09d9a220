import path from 'node:path'
import { Command } from 'commander'
import { AuditweaveError } from '@/lib/audit/errors'
import { getExperiment, listExperiments } from '@/lib/experiments/catalogue'
import { reportMarkdown } from '@/lib/experiments/report/markdown'
import type { Report } from '@/lib/experiments/report/report-types'
import { printJson, say } from '../../output'
import { oneOfEach } from '../../experiments/lists'

export const FORMATS = ['md', 'svg', 'png', 'csv', 'latex', 'json'] as const
type Format = (typeof FORMATS)[number]

interface Options { launch?: string; format?: Format[]; output?: string; json?: boolean }

/** `auditweave experiment report NAME|all`: to standard output, or as files. */
export function reportCommand(): Command {
  return new Command('report')
    .description('The report of the latest launch of an experiment that the database has, or of every experiment.')
    .argument('<name>', 'an experiment, or all')
    .option('--launch <id>', 'an earlier launch')
    .option('--format <list>', `with -o, which files: ${FORMATS.join(', ')} (default: all)`, oneOfEach(FORMATS, 'format'))
    .option('-o, --output <dir>', 'writes files there, those of `all` each in a folder of its own; else Markdown goes to standard output')
    .option('--json', 'as JSON')
    .action(async (name: string, options: Options) => {
      checkUse(name, options)
      const spec = name === 'all' ? null : getExperiment(name)
      const { reportEvery, reportExperiment } = await import('../../experiments/launch-report')
      const reports = spec ? [await reportExperiment(spec, options.launch ?? null)] : await reportEvery(listExperiments())
      if (options.output !== undefined) return writeFiles(reports, options.output, options.format ?? FORMATS, spec === null)
      if (options.json || options.format?.[0] === 'json') return printJson(spec ? reports[0] : reports)
      process.stdout.write(reports.map((report) => reportMarkdown(report)).join('\n'))
    })
}

function checkUse(name: string, { launch, format, output }: Options): void {
  if (name === 'all' && launch !== undefined) throw new AuditweaveError('wrong-use', 'A launch is of one experiment: name it instead of all.')
  const odd = output === undefined ? format?.find((one) => one !== 'md' && one !== 'json') : undefined
  if (odd !== undefined || (output === undefined && (format?.length ?? 0) > 1)) throw new AuditweaveError('wrong-use', 'Standard output takes one of md and json: give a folder with -o for files.')
}

async function writeFiles(reports: readonly Report[], folder: string, formats: readonly Format[], apart: boolean): Promise<void> {
  const { writeReport } = await import('@/lib/figures/write-report.node.ts')
  for (const report of reports) {
    const target = apart ? path.join(folder, report.experiment) : folder
    const files = await writeReport(report, { folder: target, formats })
    say(`${report.title}: ${files.length} files in ${target}`)
  }
}
