import { measureOf } from '../measures'
import type { AxisValue } from '../points'
import { axisHead, withUnit } from './axis-text'
import { valuesOf, type ReportContext } from './context'
import type { Observation } from './observation'
import type { ReportColumn, ReportRow, TableBody } from './report-types'
import { select, selectPublished, type Where } from './select'
import { publishedSummary, summarise } from './summary'
import type { View } from './views'

type TableView = Extract<View, { kind: 'table' }>

interface Column { readonly shown: ReportColumn; readonly found: readonly Observation[] }

/** One row for each combination of the row axes where a column has a figure. */
export function tableBody(context: ReportContext, view: TableView): { body: TableBody; used: readonly Observation[] } {
  const columns = view.columns.map((column, index) => toColumn(context, view, column, index))
  const found = columns.flatMap((column) => column.found)
  const rows = places(context, view.rows, found).map((head): ReportRow => ({
    key: head.join('/'),
    head,
    cells: columns.map(({ shown, found: all }) => {
      const here = all.filter(({ axes }) => view.rows.every((axis, index) => axes[axis] === head[index]))
      return shown.published ? publishedSummary(here, shown.measure) : summarise(here, shown.measure)
    }),
  }))
  return { body: { kind: 'table', heads: view.rows.map(axisHead), columns: columns.map(({ shown }) => shown), rows }, used: found }
}

function toColumn({ observations, published }: ReportContext, view: TableView, { measure, where, title, published: isPublished = false }: TableView['columns'][number], index: number): Column {
  const all: Where = { ...view.where, ...where }
  const found = isPublished ? selectPublished(published, measure, all, view.rows) : select(observations, measure, all, view.rows)
  const { short, unit } = measureOf(measure)
  const protocol = all['protocol']
  const said = title ?? `${isPublished ? 'published: ' : ''}${withUnit(short, unit)}`
  return { shown: { key: `${index}-${measure}`, title: said, measure, published: isPublished, protocol: typeof protocol === 'string' && !isPublished ? protocol : null }, found }
}

/** The combinations that occur, in the order of each axis' values. */
function places(context: ReportContext, axes: readonly string[], found: readonly Observation[]): AxisValue[][] {
  const [axis, ...rest] = axes
  if (axis === undefined) return [[]]
  return valuesOf(context, axis, found).flatMap((value) => places(context, rest, found.filter((one) => one.axes[axis] === value)).map((tail) => [value, ...tail]))
}
