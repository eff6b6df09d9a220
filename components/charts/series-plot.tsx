'use client'
import { CartesianGrid, Line, LineChart, useXAxisScale, useYAxisScale, XAxis, YAxis } from 'recharts'
import type { AxisValue } from '@/lib/experiments/points'
import type { LinesBody, ScaleInfo } from '@/lib/experiments/report/report-types'
import { formatFigure } from '@/components/format/number'
import { EndLabels } from './end-labels'
import { MarkLayer, type DrawnMark } from './mark-layer'
import { Mark } from './marker'
import { fitting, labelBelow, labelBeside, NoFigure, TICK } from './plot-axis'
import { PlotFrame } from './plot-frame'
import { placesOf, placeSeries, reachOf, wideRows, type PlacedPoint, type PlacedSeries } from './series-data'
import { axisOf } from './ticks'
import { axisTitle, formatMean, formatTick, formatValue } from './value-format'

const HEIGHT = 300

/** Lines with every repetition behind its mean, deviations, the paper's values hollow and dashed, and names at the ends of the lines. */
export function SeriesPlot({ body, description, height = HEIGHT, labelWidth = 150 }: { body: LinesBody; description: string; height?: number; labelWidth?: number }) {
  const shown = placeSeries(body).filter((one) => one.points.length > 0)
  if (shown.length === 0) return <NoFigure height={height} />
  const places = placesOf(body)
  const [xLog, yLog] = [body.x.scale === 'log', body.y.scale === 'log']
  const y = axisOf(shown.flatMap((one) => one.points.flatMap((placed) => reachOf(placed, yLog))), yLog, body.y.domain)
  const name = (tick: number): string => (places.named ? String(places.values[tick] ?? '') : formatFigure(tick))
  return (
    <PlotFrame description={description} height={height}>
      <LineChart responsive style={{ width: '100%', height: '100%' }} data={wideRows(shown)} margin={{ top: 12, right: labelWidth, bottom: 24, left: 12 }} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--color-line)" vertical={false} />
        <XAxis dataKey="x" type="number" scale={xLog ? 'log' : 'linear'} domain={['dataMin', 'dataMax']} ticks={[...places.ticks]} interval="equidistantPreserveStart" minTickGap={8} tick={TICK} tickLine={false} axisLine={{ stroke: 'var(--color-strong)' }} tickFormatter={name} padding={{ left: 12, right: 12 }} label={labelBelow(axisTitle(body.x))} />
        <YAxis type="number" scale={yLog ? 'log' : 'linear'} domain={[...y.domain]} ticks={[...y.ticks]} allowDataOverflow tick={TICK} tickLine={false} axisLine={false} width={body.y.unit === 'bytes' ? 80 : 64} tickFormatter={(value: number) => formatTick(body.y, value)} label={labelBeside(fitting(axisTitle(body.y), height - 48))} />
        {shown.map((one) => <Line key={one.key} dataKey={one.key} stroke={one.color} strokeWidth={1.75} {...(one.dash ? { strokeDasharray: one.dash } : {})} dot={false} activeDot={false} connectNulls isAnimationActive={false} />)}
        <SeriesMarks series={shown} body={body} name={(value) => (typeof value === 'number' ? formatFigure(value) : value)} />
        <EndLabels series={shown} width={labelWidth} />
      </LineChart>
    </PlotFrame>
  )
}

type Scale = (value: number) => number

function SeriesMarks({ series, body, name }: { series: readonly PlacedSeries[]; body: LinesBody; name: (value: AxisValue) => string }) {
  const [xScale, yScale] = [useXAxisScale(), useYAxisScale()]
  // until the chart is laid out its scales know no places
  if (!xScale || !yScale || !Number.isFinite(xScale(series[0]?.points[0]?.x))) return null
  const marks = series.flatMap((one) => one.points.map((placed): DrawnMark => {
    const [x, y] = [Number(xScale(placed.x)), Number(yScale(placed.y))]
    return {
      key: `${one.key}/${placed.x}`, x, y,
      title: `${one.label}, ${body.x.title} ${name(placed.point.x)}`,
      value: formatMean(body.y, placed.point.mean, placed.point.deviation),
      notes: one.published ? [] : beside(series, placed, body.y),
      runs: placed.point.values,
      format: (value) => formatValue(body.y, value),
      shape: <PointShape one={one} placed={placed} x={x} y={(value) => Number(yScale(value))} log={body.y.scale === 'log'} />,
    }
  }))
  return <MarkLayer marks={marks} />
}

/** The published value at the same place, for the tip of ours. */
function beside(series: readonly PlacedSeries[], { x }: PlacedPoint, scale: ScaleInfo): string[] {
  return series.filter((one) => one.published).flatMap((one) => one.points.filter((placed) => placed.x === x).map(({ point }) => `${one.label} ${formatMean(scale, point.mean, point.deviation)}`))
}

function PointShape({ one, placed: { point }, x, y, log }: { one: PlacedSeries; placed: PlacedPoint; x: number; y: Scale; log: boolean }) {
  const { mean, deviation, values } = point
  const low = deviation === null ? mean : log && mean - deviation <= 0 ? mean : mean - deviation
  return (
    <>
      {deviation === null ? null : <path d={`M${x} ${y(low)}V${y(mean + deviation)}`} stroke={one.color} strokeWidth={1.5} strokeOpacity={0.6} />}
      {values.length > 1 ? values.filter(({ value }) => !log || value > 0).map(({ value }, index) => <circle key={index} cx={x} cy={y(value)} r={2.5} fill={one.color} fillOpacity={0.35} />) : null}
      <Mark kind={one.marker} x={x} y={y(mean)} color={one.color} />
    </>
  )
}
