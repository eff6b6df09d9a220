import { AuditweaveError } from '@/lib/audit/errors'
import { buildReport } from '@/lib/experiments/report/build-report'
import type { Report } from '@/lib/experiments/report/report-types'
import type { RunRecord } from '@/lib/experiments/report/run-record'
import type { CellOf } from '../cell'
import type { LaunchedRun, OutputOf } from '../result'
import type { NotebookSources, SourceRun } from './sources'

const MOST_RUNS = 200
/** Words that a cell may ask for beside the ids of tables and figures. */
export const REPORT_PARTS = ['findings', 'notes', 'runs'] as const

/**
 * An experiment's newest or chosen launch and what the cell asks for of its report. Without a launch it shows the published figures alone.
 * @throws AuditweaveError 'bad-items', 'unknown-experiment', 'no-launch' where a chosen one is gone
 */
export async function showLaunch(cell: CellOf<'experiment'>, sources: NotebookSources): Promise<{ output: OutputOf<'launch'>; runs: readonly SourceRun[] }> {
  const spec = sources.experiment(cell.experiment)
  const launch = await sources.launch(cell)
  if (!launch && cell.launch !== 'latest') throw new AuditweaveError('no-launch', `There is no launch ${cell.launch} of ${cell.experiment}; it may have been deleted. Choose another one, or launch it anew.`)
  const [runs, records, source] = launch ? await Promise.all([sources.runs({ launch: launch.id }), sources.records({ launch: launch.id }), sources.launchSource(launch.id)]) : [[], [], null]
  const { report, listed } = partOf(buildReport(spec, records, source), cell.items)
  const output: OutputOf<'launch'> = {
    kind: 'launch', id: launch?.id ?? null, experiment: spec.name, title: spec.title, scale: launch?.scale ?? cell.scale, dataset: launch?.datasetName ?? cell.dataset ?? spec.dataset,
    counts: countsOf(runs), runs: runs.slice(0, MOST_RUNS).map(launchedRun), listed, report: structuredClone(report) as OutputOf<'launch'>['report'], ...factsOf(records),
  }
  return { output, runs }
}

/** What is asked for, in the order of asking. @throws AuditweaveError 'bad-items' naming what there is */
function partOf(report: Report, asked: string | undefined): { report: Report; listed: boolean } {
  const ids = asked?.split(',') ?? ['findings', ...report.items.filter(({ body }) => body.kind === 'table').slice(0, 1).map(({ id }) => id)]
  const known: readonly string[] = [...REPORT_PARTS, ...report.items.map(({ id }) => id)]
  const wrong = ids.find((id) => !known.includes(id))
  if (wrong !== undefined) throw new AuditweaveError('bad-items', `The report of ${report.experiment} has no "${wrong.slice(0, 60)}". Ask for some of ${known.join(', ')}.`)
  const items = ids.flatMap((id) => report.items.filter((item) => item.id === id))
  return { report: { ...report, items, findings: ids.includes('findings') ? report.findings : [], notes: ids.includes('notes') ? report.notes : [] }, listed: ids.includes('runs') }
}

function countsOf(runs: readonly SourceRun[]): OutputOf<'launch'>['counts'] {
  const counts = { queued: 0, running: 0, done: 0, failed: 0, stopped: 0 } satisfies OutputOf<'launch'>['counts']
  for (const run of runs) counts[run.state]++
  return counts
}

function launchedRun({ id, number, name, protocol, seed, state }: SourceRun): LaunchedRun {
  return { id, number, name: name.slice(0, 300), protocol, seed, state }
}

function factsOf(records: readonly RunRecord[]): { seeds: number[]; engines: string[] } {
  const engines = new Set(records.flatMap((run) => (run.engine === null || run.engine === 'none' ? [] : [run.engine])))
  return { seeds: [...new Set(records.map((run) => run.seed))].sort((a, b) => a - b), engines: [...engines].sort() }
}
