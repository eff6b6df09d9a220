import Link from 'next/link'
import type { Report } from '@/lib/experiments/report'
import type { SearchReport, TrialRow } from '@/lib/experiments/search/search-report'
import { Figure } from '@/components/charts/figure'
import { LinePlot } from '@/components/charts/line-plot'
import { toFigureData } from '@/components/charts/plot-data'
import type { PlotAxis } from '@/components/charts/plot-types'
import { formatDuration } from '@/components/format/duration'
import { formatScore } from '@/components/format/number'
import { Section } from '@/components/ui/page'
import { searchSeries } from './search-series'

const SCORE_AXIS: PlotAxis = { label: 'best validation accuracy', domain: [0, 1], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] }
const BUDGET = 'epochs trained'

/** A search's trials and how soon each way of searching found its best. */
export function SearchReportView({ report, search }: { report: Report; search: SearchReport }) {
  const series = searchSeries(search)
  const said = series.map((one) => `${one.label}: ${one.points.map((point) => `${point.y.toPrecision(4)} after ${point.x}`).join(', ')}`).join('; ')
  return (
    <>
      <div className="mb-6">
        <Figure id="best-so-far" title="Best so far against budget" note="validation accuracy over label parts, the best of a trial's epochs; what a survivor trained before counts once" data={toFigureData(series, BUDGET, SCORE_AXIS.label)}>
          <LinePlot series={series} x={{ label: BUDGET }} y={SCORE_AXIS} labelWidth={230} description={`Best so far against budget. ${said}.`} />
        </Figure>
      </div>
      <Section title="Trials" aside={<span className="text-12 text-dim">{report.published.source}</span>}><TrialTable trials={search.trials} /></Section>
      <Section title="How to read it"><ul className="max-w-[90ch] list-disc space-y-1.5 pl-5">{report.notes.map((note) => <li key={note}>{note}</li>)}</ul></Section>
    </>
  )
}

const HEAD = ['trial', 'rung', 'units 1 (× |F|)', 'units 2 (× |F|)', 'dropout', 'learning rate', 'epochs', 'validation accuracy', 'accuracy, test lines', 'training'] as const

function TrialTable({ trials }: { trials: readonly TrialRow[] }) {
  if (trials.length === 0) return <p className="text-dim">No trial has ended yet.</p>
  return (
    <div className="overflow-x-auto rounded-md border border-line" tabIndex={0} role="region" aria-label="Trials of the search">
      <table className="w-full min-w-240 text-right">
        <thead className="bg-panel text-12 text-dim">
          <tr><th scope="col" className="px-3 py-2 text-left font-medium">Search</th>{HEAD.map((name) => <th key={name} scope="col" className="px-3 py-2 font-medium">{name}</th>)}</tr>
        </thead>
        <tbody>{trials.map((row) => <TrialLine key={`${row.search}/${row.trial}`} row={row} />)}</tbody>
      </table>
    </div>
  )
}

function TrialLine({ row }: { row: TrialRow }) {
  const [only] = row.runs
  const href = row.runs.length === 1 && only ? `/runs/${only}` : `/compare?runs=${row.runs.join(',')}`
  return (
    <tr className="border-t border-line [&>td]:px-3 [&>td]:py-1.5">
      <th scope="row" className="px-3 text-left font-normal whitespace-nowrap">{row.search}</th>
      <td><Link prefetch={false} href={href} className="link">{row.trial}</Link></td>
      <td>{row.rung}</td><td>{row.unitsFirst}</td><td>{row.unitsSecond}</td><td>{row.dropout}</td><td>{row.learningRate}</td><td>{row.epochs}</td>
      <td className="font-semibold">{formatScore(row.score)}</td><td>{formatScore(row.lineAccuracy)}</td><td className="whitespace-nowrap">{formatDuration(row.trainSeconds)}</td>
    </tr>
  )
}
