import type { SearchReport } from '@/lib/experiments/search/search-report'
import type { PlotSeries } from '@/components/charts/plot-types'

const COLORS = ['#009e73', '#d55e00', '#0072b2', '#cc79a7']
const MARKERS = ['dot', 'square', 'triangle', 'diamond'] as const

/** The course of the best trial of each search, every point with the run that was it. */
export function searchSeries({ curves }: SearchReport): PlotSeries[] {
  return curves.map(({ search, best }, i) => ({
    key: search,
    label: search,
    color: COLORS[i % COLORS.length] ?? 'var(--color-ink)',
    marker: MARKERS[i % MARKERS.length] ?? 'dot',
    points: best.map(({ epochs, score, trial, runs }) => ({ x: epochs, y: score, deviation: null, values: runs.map((run) => ({ value: score, label: `trial ${trial}`, href: `/runs/${run}` })) })),
  }))
}
