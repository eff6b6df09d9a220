'use client'
import type { MalfunctionReport } from '@/lib/alerts/cases'
import type { LinesBody } from '@/lib/experiments/report/report-types'
import { Figure } from '@/components/charts/figure'
import { SeriesPlot } from '@/components/charts/series-plot'

/** Requests refused over time: all of them, and those of the one client that repeats itself. */
export function RefusedPlot({ over }: { over: NonNullable<MalfunctionReport['over']> }) {
  const seconds = over.stepMicros / 1e6
  const at = (step: number): number => Number(((step + 0.5) * seconds).toFixed(1))
  const rows = over.refused.map((count, step) => [at(step), count, over.repeated[step] ?? 0] as const)
  const title = 'Requests refused for credentials or rights'
  return (
    <Figure id="refused-over-time" title={title} note={`Each point counts ${seconds.toFixed(1)} s; time from the first line of the log.`} data={{ header: ['seconds', 'all', 'the commonest repeat'], rows }}>
      <SeriesPlot body={bodyOf(rows)} description={title} height={220} />
    </Figure>
  )
}

function bodyOf(rows: readonly (readonly [number, number, number])[]): LinesBody {
  const series = (key: string, title: string, column: 1 | 2): LinesBody['series'][number] => ({ key, title, published: false, points: rows.map((row) => ({ x: row[0], mean: row[column], deviation: null, values: [] })) })
  return { kind: 'lines', x: { title: 'Time', unit: 's', scale: 'linear', domain: null }, y: { title: 'Requests', unit: null, scale: 'linear', domain: null }, series: [series('all', 'all', 1), series('one', 'one client', 2)] }
}
