import type { Measure, Report } from '@/lib/experiments/report'
import type { PlotSeries } from '@/components/charts/plot-types'
import type { Published } from '@/lib/experiments/experiment-spec'

const OURS = {
  paper: { color: '#009e73', marker: 'dot' as const, label: 'ours, paper split' },
  blocked: { color: '#d55e00', marker: 'square' as const, label: 'ours, blocked split' },
}

/** The paper's published values in the measure that matches ours; null where it published none. */
function published(points: Published['points'], measure: Measure): { y: (p: Published['points'][number]) => number | null; sd: (p: Published['points'][number]) => number | null } | null {
  if (points.length === 0) return null
  if (measure === 'windowF1') return { y: (p) => p.f1, sd: (p) => p.f1Sd }
  if (measure === 'trainSeconds') return { y: (p) => p.seconds, sd: (p) => p.secondsSd }
  if (measure === 'inferMillis') return { y: (p) => p.inferMillis, sd: () => null }
  return null
}

/** A report's measure as lines: the paper's dashed with hollow marks, ours by protocol, each point with the runs behind it. */
export function reportSeries(report: Report, measure: Measure): PlotSeries[] {
  const ours = report.series.filter((series) => series.measure === measure && series.points.length > 0).map((series): PlotSeries => ({
    key: series.key, ...OURS[series.protocol],
    points: series.points.map((point) => ({ x: point.x, y: point.mean, deviation: point.deviation, values: point.values.map((value) => ({ value: value.value, label: `seed ${value.seed}`, href: `/runs/${value.run}` })) })),
  }))
  const theirs = published(report.published.points, measure)
  if (!theirs) return ours
  const points = report.published.points.flatMap((p) => {
    const y = theirs.y(p)
    return y === null ? [] : [{ x: p.x, y, deviation: theirs.sd(p), values: [] }]
  })
  return [{ key: 'published', label: 'paper', color: 'var(--color-ink)', marker: 'hollow', dash: '5 4', points }, ...ours]
}
