'use client'
import { Bar as HiddenBar, BarChart, CartesianGrid, useXAxisScale, useYAxisScale, XAxis, YAxis } from 'recharts'
import type { Bar, BarsBody } from '@/lib/experiments/report/report-types'
import { barDomain, barFoot, barRows, type BarRow } from './bar-layout'
import { MarkLayer, type DrawnMark } from './mark-layer'
import { seriesLook } from './palette'
import { fitting, labelBelow, labelBeside, NoFigure, TICK } from './plot-axis'
import { PlotFrame } from './plot-frame'
import { SeriesKey } from './series-key'
import { axisOf } from './ticks'
import { axisTitle, formatMean, formatTick, formatValue } from './value-format'
import { useWidth } from './use-width'

const ROW = 24
const HEIGHT = 300
const LETTER = 6.4
/** Pixels beside the bars that stand: the axis and the margins. */
const AXES = 100

/** Bars by category, lying or standing, with deviations and single values; from the baseline where there is one, else from zero. */
export function BarsPlot({ body, description }: { body: BarsBody; description: string }) {
  const [ref, width] = useWidth<HTMLDivElement>(640)
  const rows = barRows(body)
  if (rows.length === 0) return <NoFigure height={HEIGHT} />
  const domain = barDomain(body)
  const { ticks } = axisOf([], body.value.scale === 'log', domain)
  const names = new Map(rows.map((row) => [row.key, row.title]))
  const lying = body.horizontal
  const height = lying ? Math.max(140, rows.length * Math.max(ROW, body.series.length * 12 + 8) + 64) : HEIGHT
  const nameWidth = Math.min(220, 16 + Math.max(...rows.map((row) => row.title.length)) * LETTER)
  const figures = { type: 'number' as const, scale: body.value.scale === 'log' ? ('log' as const) : ('linear' as const), domain: [...domain], ticks: [...ticks], allowDataOverflow: true, tick: TICK, tickLine: false, tickFormatter: (value: number) => formatTick(body.value, value) }
  const categories = { type: 'category' as const, dataKey: 'key', tick: TICK, tickLine: false, axisLine: { stroke: 'var(--color-strong)' }, tickFormatter: (key: string) => fitting(names.get(key) ?? key, lying ? nameWidth - 12 : Math.max(48, (width - AXES) / rows.length - 8)), allowDuplicatedCategory: false }
  return (
    <div ref={ref}>
      <SeriesKey items={body.series.map((one, index) => ({ title: one.title, ...lookOf(body, index) }))} baseline={body.baseline ? formatMean(body.value, body.baseline.mean, body.baseline.deviation) : null} />
      <PlotFrame description={description} height={height}>
        <BarChart responsive layout={lying ? 'vertical' : 'horizontal'} style={{ width: '100%', height: '100%' }} data={rows.map(({ key }) => ({ key, hidden: domain[1] }))} margin={{ top: 8, right: 24, bottom: lying ? 24 : 28, left: 12 }} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--color-line)" vertical={lying} horizontal={!lying} />
          {lying
            ? [<XAxis key="x" {...figures} axisLine={false} label={labelBelow(axisTitle(body.value))} />, <YAxis key="y" {...categories} width={nameWidth} interval={0} />]
            : [<XAxis key="x" {...categories} interval={0} label={labelBelow(body.category.title)} />, <YAxis key="y" {...figures} axisLine={false} width={64} label={labelBeside(fitting(axisTitle(body.value), HEIGHT - 48))} />]}
          {/* Not drawn: it gives the axes their places. */}
          <HiddenBar dataKey="hidden" fill="none" isAnimationActive={false} />
          <BarMarks body={body} rows={rows} domain={domain} />
        </BarChart>
      </PlotFrame>
    </div>
  )
}

function lookOf(body: BarsBody, index: number): { color: string; hollow: boolean } {
  const one = body.series[index]
  const ours = body.series.slice(0, index).filter((other) => !other.published).length
  return one?.published ? { color: 'var(--color-ink)', hollow: true } : { color: seriesLook(ours).color, hollow: false }
}

function BarMarks({ body, rows, domain }: { body: BarsBody; rows: readonly BarRow[]; domain: readonly [number, number] }) {
  const [xScale, yScale] = [useXAxisScale(), useYAxisScale()]
  if (!xScale || !yScale) return null
  const [across, along] = body.horizontal ? [yScale, xScale] : [xScale, yScale]
  // until the chart is laid out its scales know no places, and new categories none until it is laid out anew
  if (rows.some((row) => !Number.isFinite(across(row.key))) || !Number.isFinite(along(domain[0]))) return null
  const place = (value: number): number => Number(along(Math.max(domain[0], Math.min(domain[1], value))))
  const marks = rows.flatMap((row) => {
    const [start, end] = [Number(across(row.key, { position: 'start' })), Number(across(row.key, { position: 'end' }))]
    const band = Math.max(4, Math.min(48, (Math.abs(end - start) * 0.72) / body.series.length))
    const first = (start + end) / 2 - (band * body.series.length) / 2
    return row.bars.map(({ series, bar }) => barMark(body, row, series, bar, { from: first + series * band, size: band - 1, foot: place(barFoot(body, domain)), place }))
  })
  const zero = place(barFoot(body, domain))
  const ends = rows.length === 0 ? [] : [rows[0], rows.at(-1)].map((row) => [Number(across(row?.key, { position: 'start' })), Number(across(row?.key, { position: 'end' }))]).flat()
  const line = body.horizontal ? `M${zero} ${Math.min(...ends)}V${Math.max(...ends)}` : `M${Math.min(...ends)} ${zero}H${Math.max(...ends)}`
  return <g><MarkLayer marks={marks} />{body.baseline ? <path d={line} stroke="var(--color-ink)" strokeDasharray="4 3" fill="none" style={{ pointerEvents: 'none' }} /> : null}</g>
}

interface Room { readonly from: number; readonly size: number; readonly foot: number; readonly place: (value: number) => number }

function barMark(body: BarsBody, row: BarRow, series: number, bar: Bar, { from, size, foot, place }: Room): DrawnMark {
  const one = body.series[series]
  const end = place(bar.mean)
  const middle = from + size / 2
  const lying = body.horizontal
  const [low, length] = [Math.min(foot, end), Math.max(1, Math.abs(end - foot))]
  const { color, hollow } = lookOf(body, series)
  const point = (value: number): { cx: number; cy: number } => (lying ? { cx: place(value), cy: middle } : { cx: middle, cy: place(value) })
  const deviation = bar.deviation === null ? null : [place(bar.mean - bar.deviation), place(bar.mean + bar.deviation)]
  const rect = lying ? { x: low, y: from, width: length, height: size } : { x: from, y: low, width: size, height: length }
  return {
    key: `${series}/${row.key}`, x: lying ? end : middle, y: lying ? middle : end,
    title: body.series.length > 1 ? `${row.title}, ${one?.title ?? ''}` : row.title,
    value: formatMean(body.value, bar.mean, bar.deviation),
    notes: body.baseline ? [`${signed(body, bar.mean - body.baseline.mean)} against the baseline`] : [],
    runs: bar.values,
    format: (value) => formatValue(body.value, value),
    shape: (
      <>
        <rect {...rect} fill={hollow ? 'var(--color-bg)' : color} fillOpacity={hollow ? 1 : 0.75} {...(hollow ? { stroke: color, strokeDasharray: '4 3' } : {})} />
        {deviation ? <path d={lying ? `M${deviation[0]} ${middle}H${deviation[1]}` : `M${middle} ${deviation[0]}V${deviation[1]}`} stroke="var(--color-ink)" strokeWidth={1.25} /> : null}
        {bar.values.length > 1 ? bar.values.map(({ value }, index) => <circle key={index} {...point(value)} r={2} fill="var(--color-bg)" stroke={color} />) : null}
      </>
    ),
    hit: lying ? <rect x={low - 4} y={from} width={length + 8} height={size} fill="transparent" /> : <rect x={from} y={low - 4} width={size} height={length + 8} fill="transparent" />,
  }
}

function signed(body: BarsBody, value: number): string {
  return `${value < 0 ? '' : '+'}${formatValue(body.value, value)}`
}
