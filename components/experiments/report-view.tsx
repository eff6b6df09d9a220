import Link from 'next/link'
import type { Measure, Report, ReportPoint } from '@/lib/experiments/report'
import { Figure } from '@/components/charts/figure'
import { LinePlot } from '@/components/charts/line-plot'
import { toFigureData } from '@/components/charts/plot-data'
import type { PlotAxis } from '@/components/charts/plot-types'
import { formatDuration } from '@/components/format/duration'
import { formatScore } from '@/components/format/number'
import { Section } from '@/components/ui/page'
import { reportSeries } from './report-series'
import { SearchReportView } from './search-report-view'

/** Whole, so that both F1 charts compare at a glance and nothing passes 1. */
const F1_AXIS: PlotAxis = { label: 'macro F1', domain: [0, 1], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] }

interface Chart { readonly measure: Measure; readonly title: string; readonly y: PlotAxis; readonly note: string }

const CHARTS: readonly Chart[] = [
  { measure: 'windowF1', title: 'F1 against window size', note: 'macro F1 of label parts over window positions; paper protocol: overlapping windows split at random; blocked: contiguous blocks', y: F1_AXIS },
  { measure: 'lineF1', title: 'F1 of whole labels, each line once', note: 'macro F1 over lines after the vote; the paper publishes none', y: F1_AXIS },
  { measure: 'trainSeconds', title: 'Training time', note: 'wall clock of one run; the paper’s on a GPU', y: { label: 'training time (s)', log: true, domain: ['auto', 'auto'] } },
  { measure: 'inferMillis', title: 'Inference time per line', note: 'model, decoding and vote, divided by lines', y: { label: 'time per line (ms)', log: true, domain: ['auto', 'auto'] } },
]

/** An experiment's figures and table, ours beside the paper's. */
export function ReportView({ report }: { report: Report }) {
  if (report.search) return <SearchReportView report={report} search={report.search} />
  const windows = report.rows.map((row) => row.window)
  return (
    <>
      <div className="mb-6 grid gap-4 xl:grid-cols-2">{CHARTS.map((chart) => <ReportFigure key={chart.measure} chart={chart} report={report} windows={windows} />)}</div>
      <Section title="Table" aside={<span className="text-12 text-dim">{report.published.source}</span>}><ReportTable report={report} /></Section>
      <Section title="How to read it">
        <ul className="max-w-[90ch] list-disc space-y-1.5 pl-5">
          {report.rankCorrelation === null ? null : <li>Rank correlation of our F1 under the paper’s protocol with the published column: <b>{report.rankCorrelation.toFixed(2)}</b>.</li>}
          {report.notes.map((note) => <li key={note}>{note}</li>)}
        </ul>
      </Section>
    </>
  )
}

function ReportFigure({ chart, report, windows }: { chart: Chart; report: Report; windows: readonly number[] }) {
  const series = reportSeries(report, chart.measure)
  const said = series.map((one) => `${one.label}: ${one.points.map((point) => `${point.y.toPrecision(4)} at ${point.x}`).join(', ')}`).join('; ')
  return (
    <Figure id={chart.measure} title={chart.title} note={chart.note} data={toFigureData(series, 'window size W (lines)', chart.y.label)}>
      <LinePlot series={series} x={{ label: 'window size W (lines)', ticks: windows }} y={chart.y} labelWidth={150} description={`${chart.title}. ${said}.`} />
    </Figure>
  )
}

const GROUPS = [['F1, window positions', 3], ['F1, whole labels, lines', 2], ['Training', 3], ['Inference per line', 2]] as const
const HEAD = ['paper', 'ours, paper split', 'ours, blocked', 'lines, paper split', 'lines, blocked', 'paper', 'paper split', 'blocked', 'paper', 'ours']

function ReportTable({ report }: { report: Report }) {
  return (
    <div className="overflow-x-auto rounded-md border border-line" tabIndex={0} role="region" aria-label="Report table">
      <table className="w-full min-w-240 text-right">
        <thead className="bg-panel text-12 text-dim">
          <tr>
            <th scope="col" rowSpan={2} className="px-3 pb-2 align-bottom font-medium">W</th>
            {GROUPS.map(([name, columns]) => <th key={name} scope="colgroup" colSpan={columns} className="border-l border-line px-3 pt-2 text-left font-semibold text-ink">{name}</th>)}
          </tr>
          <tr>{HEAD.map((name, index) => <th key={index} scope="col" className="px-3 pb-2 font-medium">{name}</th>)}</tr>
        </thead>
        <tbody>
          {report.rows.map((row) => (
            <tr key={row.window} className="border-t border-line [&>td]:px-3 [&>td]:py-1.5 [&>th]:px-3">
              <th scope="row" className="font-semibold">{row.window}</th>
              <td className="border-l border-line text-dim">{row.published ? `${formatScore(row.published.f1)} ± ${formatScore(row.published.f1Sd)}` : '–'}</td>
              <Cell point={row.measures.paper.windowF1} format={formatScore} /><Cell point={row.measures.blocked.windowF1} format={formatScore} />
              <Cell point={row.measures.paper.lineF1} format={formatScore} line /><Cell point={row.measures.blocked.lineF1} format={formatScore} />
              <td className="border-l border-line text-dim">{row.published ? formatDuration(row.published.seconds) : '–'}</td>
              <Cell point={row.measures.paper.trainSeconds} format={formatDuration} /><Cell point={row.measures.blocked.trainSeconds} format={formatDuration} />
              <td className="border-l border-line text-dim">{row.published?.inferMillis ? `${row.published.inferMillis.toFixed(1)} ms` : '–'}</td>
              <Cell point={row.measures.paper.inferMillis ?? row.measures.blocked.inferMillis} format={(value) => `${value.toFixed(2)} ms`} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A mean with its deviation, linked to the run or runs behind it. */
function Cell({ point, format, line = false }: { point: ReportPoint | null; format: (value: number) => string; line?: boolean }) {
  const look = line ? 'border-l border-line whitespace-nowrap' : 'whitespace-nowrap'
  if (!point) return <td className={`${look} text-dim`}>–</td>
  const [only] = point.values
  const href = point.values.length === 1 && only ? `/runs/${only.run}` : `/compare?runs=${point.values.map((value) => value.run).join(',')}`
  return <td className={look}><Link prefetch={false} href={href} className="link">{format(point.mean)}</Link>{point.deviation === null ? '' : ` ± ${format(point.deviation)}`}</td>
}
