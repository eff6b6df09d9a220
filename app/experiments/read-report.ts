import { buildReport } from '@/lib/experiments/report/build-report'
import type { Report } from '@/lib/experiments/report/report-types'
import type { RunRecord } from '@/lib/experiments/report/run-record'
import type { ExperimentSpec } from '@/lib/experiments/spec/experiment-spec'
import type { Experiment } from '@/lib/store/experiments'
import { listRunRecords, reportSource } from '@/lib/store/run-records'

export interface ReadReport { readonly report: Report; readonly records: readonly RunRecord[] }

/** The report of a launch as far as its runs have ended; without a launch the published figures alone. */
export async function readReport(spec: ExperimentSpec, launch: Experiment | null): Promise<ReadReport> {
  if (launch === null) return { report: buildReport(spec, [], null), records: [] }
  // scores by class are many: they are read where a figure shows them
  const perClass = spec.views.some((view) => view.kind === 'classes')
  const [records, source] = await Promise.all([listRunRecords(launch.id, { perClass }), reportSource(launch)])
  return { report: buildReport(spec, records, source), records }
}

/** When a page is read, in milliseconds since 1970. */
export function pageTime(): number {
  return Date.now()
}

const KEPT = 64
const kept = new Map<string, Promise<Report>>()

/** The same for the list of experiments, which shows one figure of each: built again only when a run has ended since. */
export function readKeptReport(spec: ExperimentSpec, launch: Experiment): Promise<Report> {
  const key = `${launch.id}/${launch.runs.done}/${launch.finishedAt ?? ''}`
  const known = kept.get(key)
  if (known) return known
  const made = readReport(spec, launch).then(({ report }) => report)
  made.catch(() => kept.delete(key))
  kept.set(key, made)
  const oldest = kept.keys().next().value
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
  return made
}
