'use client'
import { CartesianGrid, Scatter, ScatterChart, useXAxisScale, useYAxisScale, XAxis, YAxis } from 'recharts'
import type { ScaleInfo, ScatterBody, ScatterMark } from '@/lib/experiments/report/report-types'
import { formatFigure } from '@/components/format/number'
import { MarkLayer, type DrawnMark } from './mark-layer'
import { Mark } from './marker'
import { seriesLook } from './palette'
import { fitting, labelBelow, labelBeside, NoFigure, TICK } from './plot-axis'
import { PlotFrame } from './plot-frame'
import { SeriesKey } from './series-key'
import { axisOf } from './ticks'
import { axisTitle, formatValue } from './value-format'

const HEIGHT = 380

/** A mark for each thing by two of its figures, axes linear or logarithmic. */
export function ScatterPlot({ body, description }: { body: ScatterBody; description: string }) {
  const marks = body.series.flatMap((one) => one.marks).filter((mark) => fits(mark, body))
  if (marks.length === 0) return <NoFigure height={HEIGHT} />
  return (
    <>
      <SeriesKey items={body.series.map((one, index) => ({ title: one.title, ...seriesLook(index) }))} />
      <PlotFrame description={description} height={HEIGHT}>
        <ScatterChart responsive style={{ width: '100%', height: '100%' }} margin={{ top: 12, right: 24, bottom: 24, left: 12 }} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--color-line)" />
          <XAxis dataKey="x" {...axis(body.x, marks.map((mark) => mark.x))} label={labelBelow(axisTitle(body.x))} />
          <YAxis dataKey="y" {...axis(body.y, marks.map((mark) => mark.y))} width={64} label={labelBeside(fitting(axisTitle(body.y), HEIGHT - 48))} />
          {/* Not drawn: it gives the axes their domains. */}
          <Scatter data={marks.map(({ x, y }) => ({ x, y }))} fill="none" shape={unseen} isAnimationActive={false} />
          <ScatterMarks body={body} />
        </ScatterChart>
      </PlotFrame>
    </>
  )
}

function axis(info: ScaleInfo, values: readonly number[]): object {
  const log = info.scale === 'log'
  const { domain, ticks } = axisOf(values, log, info.domain)
  return { type: 'number', scale: log ? 'log' : 'linear', domain: [...domain], ticks: [...ticks], tick: TICK, tickLine: false, axisLine: { stroke: 'var(--color-strong)' }, tickFormatter: formatFigure, padding: { left: 8, right: 8, top: 8, bottom: 8 } }
}

function unseen() {
  return <g />
}

function fits(mark: ScatterMark, body: ScatterBody): boolean {
  return Number.isFinite(mark.x) && Number.isFinite(mark.y) && (body.x.scale !== 'log' || mark.x > 0) && (body.y.scale !== 'log' || mark.y > 0)
}

function ScatterMarks({ body }: { body: ScatterBody }) {
  const [xScale, yScale] = [useXAxisScale(), useYAxisScale()]
  const [first] = body.series.flatMap((one) => one.marks).filter((mark) => fits(mark, body))
  // until the chart is laid out its scales know no places
  if (!xScale || !yScale || !first || !Number.isFinite(xScale(first.x))) return null
  const marks = body.series.flatMap((one, index) => {
    const { color, marker } = seriesLook(index)
    return one.marks.filter((mark) => fits(mark, body)).map((mark, place): DrawnMark => {
      const [x, y] = [Number(xScale(mark.x)), Number(yScale(mark.y))]
      return {
        key: `${one.key}/${place}`, x, y,
        title: body.series.length > 1 ? `${mark.title}, ${one.title}` : mark.title,
        value: `${body.y.title} ${formatValue(body.y, mark.y)}`,
        notes: [`${body.x.title} ${formatValue(body.x, mark.x)}`],
        runs: mark.runs,
        format: (value) => formatValue(body.y, value),
        shape: <g opacity={0.75}><Mark kind={marker} x={x} y={y} color={color} size={3.5} /></g>,
        hit: <circle cx={x} cy={y} r={7} fill="transparent" />,
      }
    })
  })
  return <MarkLayer marks={marks} />
}
