import type { AxisValue } from '../points'
import { withUnit } from './axis-text'
import type { BarsBody, HeatBody, LinesBody, ReportBody, ReportColumn, ReportRow, ScaleInfo, ScatterBody, StripsBody, Summary, TableBody } from './report-types'

/** Any body as a table: what a figure shows, for readers of numbers and for formats without pictures. */
export function asTable(body: ReportBody): TableBody {
  switch (body.kind) {
    case 'table': return body
    case 'lines': return linesTable(body)
    case 'heat': return heatTable(body)
    case 'strips': return stripsTable(body)
    case 'bars': return barsTable(body)
    case 'scatter': return scatterTable(body)
  }
}

export function scaleHead({ title, unit, scale }: ScaleInfo): string {
  const said = withUnit(title, unit)
  return scale === 'log' ? `${said}, log scale` : said
}

const column = (key: string, title: string, { measure = '' }: ScaleInfo, published = false): ReportColumn => ({ key, title, measure, published, protocol: null })

function linesTable({ x, y, series }: LinesBody): TableBody {
  const places = ordered(series.flatMap(({ points }) => points.map((point) => point.x)))
  return {
    kind: 'table', heads: [withUnit(x.title, x.unit)], columns: series.map(({ key, title, published }) => column(key, title, y, published)),
    rows: places.map((place) => row([place], series.map(({ points }) => points.find((point) => point.x === place) ?? null))),
  }
}

/** Ours by the values of x, then the published ones where there are any: a cell that is only published is none of ours. */
function heatTable({ x, y, value, cells }: HeatBody): TableBody {
  const printed = x.values.filter((place) => cells.some((cell) => cell.x === place && cell.published !== null))
  const ours = cells.filter(({ values }) => values.length > 0)
  return {
    kind: 'table', heads: [`${y.title} \\ ${x.title}`],
    columns: [...x.values.map((place) => column(String(place), String(place), value)), ...printed.map((place) => column(`published-${place}`, `${place}, published`, value, true))],
    rows: y.values.map((at) => row([at], [
      ...x.values.map((place) => ours.find((cell) => cell.x === place && cell.y === at) ?? null),
      ...printed.map((place) => publishedOf(cells.find((cell) => cell.x === place && cell.y === at))),
    ])),
  }
}

function publishedOf(cell: HeatBody['cells'][number] | undefined): Summary | null {
  return cell?.published == null ? null : { mean: cell.published, deviation: null, values: [] }
}

function stripsTable({ value, strips }: StripsBody): TableBody {
  const [ks, folds] = [ordered(strips.map(({ k }) => k)), ordered(strips.map(({ fold }) => fold))]
  return {
    kind: 'table', heads: ['k \\ fold'], columns: folds.map((fold) => column(String(fold), String(fold), value)),
    rows: ks.map((k) => row([k], folds.map((fold) => strips.find((strip) => strip.k === k && strip.fold === fold) ?? null))),
  }
}

function barsTable({ value, category, series, baseline }: BarsBody): TableBody {
  const titles = [...new Set(series.flatMap(({ bars }) => bars.map(({ title }) => title)))]
  const first = baseline ? [row(['baseline'], series.map((_, index) => (index === 0 ? baseline : null)))] : []
  return {
    kind: 'table', heads: [category.title], columns: series.map(({ key, title, published }) => column(key, title, value, published)),
    rows: [...first, ...titles.map((title) => row([title], series.map(({ bars }) => bars.find((bar) => bar.title === title) ?? null)))],
  }
}

function scatterTable({ x, y, series }: ScatterBody): TableBody {
  return {
    kind: 'table', heads: ['Label', scaleHead({ ...x, scale: 'linear' })], columns: series.map(({ key, title }) => column(key, title === 'labels' ? y.title : title, y)),
    rows: series.flatMap(({ marks }, index) => marks.map((mark) => row([mark.title, Number(mark.x.toPrecision(6))], series.map((_, at) => (at === index ? { mean: mark.y, deviation: null, values: mark.runs } : null))))),
  }
}

function row(head: readonly AxisValue[], cells: readonly (Summary | null)[]): ReportRow {
  return { key: head.join('/'), head, cells }
}

function ordered<T extends AxisValue>(values: readonly T[]): T[] {
  const once = [...new Set(values)]
  return once.every((value) => typeof value === 'number') ? once.toSorted((a, b) => Number(a) - Number(b)) : once
}
