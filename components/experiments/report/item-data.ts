import type { AxisValue } from '@/lib/experiments/points'
import type { ReportBody, RunValue, Summary } from '@/lib/experiments/report/report-types'
import type { Cell } from '@/components/charts/csv'
import type { FigureData } from '@/components/charts/figure'
import { axisTitle, formatMean } from '@/components/charts/value-format'

const BEHIND = ['mean', 'deviation', 'run', 'seed', 'value'] as const

/** Every value of every run in long form, a row each: what "data" shows. A published figure has a row without a run. */
export function itemData(body: ReportBody): FigureData {
  switch (body.kind) {
    case 'table': return { header: [...body.heads, 'figure', ...BEHIND], rows: body.rows.flatMap((row) => body.columns.flatMap((column, index) => behind([...row.head, columnTitle(column)], row.cells[index] ?? null))) }
    case 'lines': return { header: ['series', axisTitle(body.x), ...BEHIND], rows: body.series.flatMap((one) => one.points.flatMap((point) => behind([one.title, point.x], point))) }
    case 'heat': return { header: [body.x.title, body.y.title, 'published', ...BEHIND], rows: body.cells.flatMap((cell) => behind([cell.x, cell.y, cell.published], cell)) }
    case 'strips': return { header: ['k', 'fold', 'from', 'to', ...BEHIND], rows: body.strips.flatMap((strip) => behind([strip.k, strip.fold, strip.from, strip.to], strip)) }
    case 'bars': return { header: ['series', body.category.title, ...BEHIND], rows: [...behind(['baseline', ''], body.baseline), ...body.series.flatMap((one) => one.bars.flatMap((bar) => behind([one.title, bar.title], bar)))] }
    case 'scatter': return { header: ['series', 'what', axisTitle(body.x), axisTitle(body.y), 'run', 'seed', 'value'], rows: body.series.flatMap((one) => one.marks.flatMap((mark) => runRows(mark.runs).map((run) => [one.title, mark.title, mark.x, mark.y, ...run]))) }
  }
}

function columnTitle({ title, published, protocol }: { readonly title: string; readonly published: boolean; readonly protocol: string | null }): string {
  return [title, ...(published ? ['published'] : protocol ? [protocol] : [])].join(', ')
}

function behind(place: readonly Cell[], summary: Summary | null): Cell[][] {
  if (summary === null) return []
  return runRows(summary.values).map((run) => [...place, summary.mean, summary.deviation, ...run])
}

function runRows(runs: readonly RunValue[]): Cell[][] {
  return runs.length === 0 ? [[null, null, null]] : runs.map((one) => [`run ${one.number}`, one.seed, one.value])
}

const SAID = 40

/** A figure in words, for those who do not see it; of one with many marks the first. */
export function describeBody(body: ReportBody): string {
  const parts = saidOf(body)
  return parts.slice(0, SAID).join('; ') + (parts.length > SAID ? `; and ${parts.length - SAID} more, under "data"` : '')
}

function saidOf(body: ReportBody): string[] {
  const at = (value: AxisValue): string => String(value)
  switch (body.kind) {
    case 'table': return []
    case 'lines': return body.series.map((one) => `${one.title}: ${one.points.map((point) => `${formatMean(body.y, point.mean, null)} at ${at(point.x)}`).join(', ')}`)
    case 'heat': return body.cells.map((cell) => `${formatMean(body.value, cell.mean, null)} at ${at(cell.x)} and ${at(cell.y)}`)
    case 'strips': return body.strips.map((strip) => `k ${strip.k}, fold ${strip.fold}: ${formatMean(body.value, strip.mean, null)}`)
    case 'bars': return body.series.flatMap((one) => one.bars.map((bar) => `${one.title}, ${bar.title}: ${formatMean(body.value, bar.mean, null)}`))
    case 'scatter': return body.series.flatMap((one) => one.marks.map((mark) => `${mark.title}: ${formatMean(body.y, mark.y, null)} at ${formatMean(body.x, mark.x, null)}`))
  }
}
