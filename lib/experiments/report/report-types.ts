import type { AxisValue } from '../points'
import type { ReportSource } from './run-record'

/** One run's value behind a mean. */
export interface RunValue { readonly run: string; readonly number: number; readonly seed: number; readonly value: number }

/** Mean and sample deviation over repetitions (null for one), with every value. */
export interface Summary { readonly mean: number; readonly deviation: number | null; readonly values: readonly RunValue[] }

export interface ReportColumn { readonly key: string; readonly title: string; readonly measure: string; readonly published: boolean; readonly protocol: string | null }
export interface ReportRow { readonly key: string; readonly head: readonly AxisValue[]; readonly cells: readonly (Summary | null)[] }

export interface TableBody { readonly kind: 'table'; readonly heads: readonly string[]; readonly columns: readonly ReportColumn[]; readonly rows: readonly ReportRow[] }

/** `domain` bounds what values can be, not what must be shown; `measure` names the digits and unit of its values. */
export interface ScaleInfo { readonly measure?: string; readonly title: string; readonly unit: string | null; readonly scale: 'linear' | 'log' | 'point'; readonly domain: readonly [number, number] | null }

export interface LinePoint extends Summary { readonly x: AxisValue }
export interface LineSeries { readonly key: string; readonly title: string; readonly published: boolean; readonly points: readonly LinePoint[] }
export interface LinesBody { readonly kind: 'lines'; readonly x: ScaleInfo; readonly y: ScaleInfo; readonly series: readonly LineSeries[] }

export interface HeatCell extends Summary { readonly x: AxisValue; readonly y: AxisValue; readonly published: number | null }
export interface HeatBody { readonly kind: 'heat'; readonly x: { readonly title: string; readonly values: readonly AxisValue[] }; readonly y: { readonly title: string; readonly values: readonly AxisValue[] }; readonly value: ScaleInfo; readonly cells: readonly HeatCell[] }

/** `from` and `to` are shares of the log, 0 to 1. */
export interface Strip extends Summary { readonly k: number; readonly fold: number; readonly from: number; readonly to: number }
export interface StripsBody { readonly kind: 'strips'; readonly value: ScaleInfo; readonly strips: readonly Strip[] }

export interface Bar extends Summary { readonly category: AxisValue; readonly title: string }
export interface BarSeries { readonly key: string; readonly title: string; readonly published: boolean; readonly bars: readonly Bar[] }
export interface BarsBody { readonly kind: 'bars'; readonly horizontal: boolean; readonly value: ScaleInfo; readonly category: { readonly title: string }; readonly series: readonly BarSeries[]; readonly baseline: Summary | null }

export interface ScatterMark { readonly x: number; readonly y: number; readonly title: string; readonly runs: readonly RunValue[] }
export interface ScatterSeries { readonly key: string; readonly title: string; readonly marks: readonly ScatterMark[] }
export interface ScatterBody { readonly kind: 'scatter'; readonly x: ScaleInfo; readonly y: ScaleInfo; readonly series: readonly ScatterSeries[] }

export type ReportBody = TableBody | LinesBody | HeatBody | StripsBody | BarsBody | ScatterBody

/** One table or figure. `protocol` says how its figures were held out, in words. */
export interface ReportItem { readonly id: string; readonly title: string; readonly caption: string; readonly protocol: string; readonly body: ReportBody }

export interface Finding { readonly title: string; readonly measured: string; readonly expected: string; readonly verdict: 'holds' | 'fails' | 'open' }

export interface Report {
  readonly experiment: string
  readonly title: string
  readonly question: string
  readonly reproduces: string | null
  /** Null where no launch was made: then it shows the published figures alone. */
  readonly source: ReportSource | null
  readonly runs: number
  readonly published: { readonly source: string }
  readonly items: readonly ReportItem[]
  readonly findings: readonly Finding[]
  readonly notes: readonly string[]
}
