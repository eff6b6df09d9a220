import { measureOf } from '../measures'
import { buildSearchReport } from '../search/search-report'
import { DIMENSIONS } from '../search/space'
import { axisHead, withUnit } from './axis-text'
import type { ReportContext } from './context'
import { measureScale } from './scale-info'
import type { LinesBody, Summary, TableBody } from './report-types'
import type { RunRecord } from './run-record'
import { stands } from './select'
import { mean, sampleDeviation } from './statistics'
import type { View } from './views'

type TrialsView = Extract<View, { kind: 'trials' }>

const SCORE = 'validationAccuracy'
const COLUMNS = [SCORE, 'lineAccuracy', 'trainSeconds'] as const

/** The trials of each search, the best first, and how good the best was after so many epochs. */
export function trialsBodies({ runs }: ReportContext, { where }: TrialsView): { table: TableBody; best: LinesBody; used: readonly RunRecord[] } {
  const used = runs.filter((run) => stands(run.axes, where ?? {}))
  const { trials, curves } = buildSearchReport(used.map((run) => ({ ...run, axes: { ...run.axes } })))
  const summaryOf = (ids: readonly string[], measure: (typeof COLUMNS)[number]): Summary | null => summaryOfRuns(used.filter(({ id }) => ids.includes(id)), measure)
  const table: TableBody = {
    kind: 'table',
    heads: ['Search', 'Trial', 'Rung', ...DIMENSIONS.map(axisHead), 'Epochs'],
    columns: COLUMNS.map((measure) => ({ key: measure, title: columnTitle(measure), measure, published: false, protocol: null })),
    rows: trials.map((row) => ({
      key: `${row.search}/${row.trial}`, head: [row.search, row.trial, row.rung, ...DIMENSIONS.map((name) => row[name]), row.epochs], cells: COLUMNS.map((measure) => summaryOf(row.runs, measure)),
    })),
  }
  const best: LinesBody = {
    kind: 'lines',
    x: { title: 'Epochs trained, all trials together', unit: null, scale: 'linear', domain: null },
    y: measureScale(SCORE),
    series: curves.map(({ search, best: points }) => ({ key: search, title: shortName(search, curves), published: false, points: points.flatMap(({ epochs, runs: ids }) => {
      const summary = summaryOf(ids, SCORE)
      return summary ? [{ x: epochs, ...summary }] : []
    }) })),
  }
  return { table, best, used }
}

/** The way of searching alone, where that tells the searches apart. */
function shortName(search: string, all: readonly { readonly search: string }[]): string {
  const first = (name: string): string => name.split(' ')[0] ?? name
  return all.filter((other) => first(other.search) === first(search)).length === 1 ? first(search) : search
}

function columnTitle(measure: string): string {
  const { short, unit } = measureOf(measure)
  return withUnit(short, unit)
}

function summaryOfRuns(runs: readonly RunRecord[], measure: (typeof COLUMNS)[number]): Summary | null {
  const values = runs.flatMap((run) => {
    const value = measure === 'trainSeconds' ? run.timings?.trainSeconds : run.metrics?.[measure]
    return value === undefined ? [] : [{ run: run.id, number: run.number, seed: run.seed, value }]
  })
  const numbers = values.map(({ value }) => value)
  return values.length === 0 ? null : { mean: mean(numbers), deviation: sampleDeviation(numbers), values }
}
