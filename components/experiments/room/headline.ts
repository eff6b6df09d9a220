import { measureOf } from '@/lib/experiments/measures'
import type { AxisValue } from '@/lib/experiments/points'
import { figureText } from '@/lib/experiments/report/figure-text'
import type { Report, ReportBody, Summary } from '@/lib/experiments/report/report-types'
import { formatFigure } from '@/components/format/number'
import { formatValue } from '@/components/charts/value-format'

/** The best figure of a report under each of its protocols: what it is, where it stands, and what it says. */
export interface Headline { readonly what: string; readonly figures: readonly { readonly value: string; readonly under: string; readonly at: string }[] }

interface Candidate { readonly under: string; readonly at: string; readonly mean: number; readonly text: string }

const SHOWN = 3

/** Of the first table or figure that has figures of ours; null where none has. */
export function headlineOf(report: Report): Headline | null {
  for (const { body, title } of report.items) {
    const found = candidates(body)
    if (found.rows.length > 0) return { what: found.what ?? title, figures: bestOfEach(found.rows, found.less).slice(0, SHOWN) }
  }
  return null
}

function bestOfEach(rows: readonly Candidate[], less: boolean): Headline['figures'] {
  const best = new Map<string, Candidate>()
  for (const row of rows) {
    const before = best.get(row.under)
    if (!before || (less ? row.mean < before.mean : row.mean > before.mean)) best.set(row.under, row)
  }
  return [...best.values()].map(({ text, under, at }) => ({ value: text, under, at }))
}

function candidates(body: ReportBody): { readonly what: string | null; readonly less: boolean; readonly rows: readonly Candidate[] } {
  const ours = (summary: Summary | null | undefined): summary is Summary => summary !== null && summary !== undefined && summary.values.length > 0
  switch (body.kind) {
    case 'table': {
      const first = body.columns.findIndex((column, index) => !column.published && body.rows.some((row) => ours(row.cells[index])))
      const measure = body.columns[first]?.measure
      if (measure === undefined) return { what: null, less: false, rows: [] }
      const rows = body.columns.flatMap((column, index) => (column.published || column.measure !== measure ? [] : body.rows.flatMap((row): Candidate[] => {
        const cell = row.cells[index]
        return ours(cell) ? [{ under: column.protocol ?? '', at: row.head.map((value, head) => `${withoutUnit(body.heads[head])} ${text(value)}`).join(', '), mean: cell.mean, text: figureText(measure, cell.mean) }] : []
      })))
      return { what: measureOf(measure).title, less: measureOf(measure).better === 'less', rows }
    }
    case 'lines': return { what: body.y.title, less: body.y.unit !== null, rows: body.series.filter((one) => !one.published).flatMap((one) => one.points.filter(ours).map((point) => ({ under: one.title, at: `${body.x.title} ${text(point.x)}`, mean: point.mean, text: formatValue(body.y, point.mean) }))) }
    case 'heat': return { what: body.value.title, less: body.value.unit !== null, rows: body.cells.filter(ours).map((cell) => ({ under: '', at: `${body.x.title} ${text(cell.x)}, ${body.y.title} ${text(cell.y)}`, mean: cell.mean, text: formatValue(body.value, cell.mean) })) }
    case 'strips': return { what: body.value.title, less: body.value.unit !== null, rows: body.strips.filter(ours).map((strip) => ({ under: '', at: `k ${strip.k}, fold ${strip.fold}`, mean: strip.mean, text: formatValue(body.value, strip.mean) })) }
    case 'bars': return { what: body.value.title, less: body.value.unit !== null, rows: body.series.filter((one) => !one.published).flatMap((one) => one.bars.filter(ours).map((bar) => ({ under: body.series.length > 1 ? one.title : '', at: bar.title, mean: bar.mean, text: formatValue(body.value, bar.mean) }))) }
    case 'scatter': return { what: null, less: false, rows: [] }
  }
}

function text(value: AxisValue): string {
  return typeof value === 'number' ? formatFigure(value) : value
}

function withoutUnit(head: string | undefined): string {
  return (head ?? '').replace(/ \([^)]*\)$/, '')
}
