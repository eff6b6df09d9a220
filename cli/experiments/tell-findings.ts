import type { Finding, Report } from '@/lib/experiments/report/report-types'
import type { Carried } from './carry-out'

const MARK: Readonly<Record<Finding['verdict'], string>> = { holds: 'holds', fails: 'FAILS', open: 'open' }

/** What a report found, a line each: verdict, what was expected, what was measured. */
export function findingLines({ title, findings }: Report): string[] {
  if (findings.length === 0) return [`${title}: ended; it expects nothing of its figures.`]
  return [`${title}:`, ...findings.map((finding) => `  ${MARK[finding.verdict]}  ${finding.title}: ${finding.measured}; expected ${finding.expected}`)]
}

/** One row an experiment: how its runs ended and how many findings hold. */
export function closingTable(carried: readonly Carried[]): string[][] {
  const count = (report: Report, verdict: Finding['verdict']): string => String(report.findings.filter((finding) => finding.verdict === verdict).length)
  return [
    ['experiment', 'launch', 'runs', 'done', 'cut short', 'failed', 'stopped', 'holds', 'fails', 'open'],
    ...carried.map(({ launch: { name, id, runs }, report }) => [
      name, id, String(runs.total), String(runs.done), String(runs.endedEarly), String(runs.failed), String(runs.stopped), count(report, 'holds'), count(report, 'fails'), count(report, 'open'),
    ]),
  ]
}

/** The same as data. */
export function closingRecords(carried: readonly Carried[]): object[] {
  return carried.map(({ launch: { name, id, scale, state, runs }, report }) => ({ experiment: name, launch: id, scale, state, runs, findings: report.findings }))
}
