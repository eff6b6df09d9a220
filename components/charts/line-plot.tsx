'use client'
import { useRouter } from 'next/navigation'
import { CartesianGrid, Line, LineChart, Tooltip, useActiveTooltipLabel, useXAxisScale, useYAxisScale, XAxis, YAxis } from 'recharts'
import { formatFigure } from '@/components/format/number'
import { EndLabels } from './end-labels'
import { Mark } from './marker'
import { highKey, lowKey, toWideRows } from './plot-data'
import type { PlotAxis, PlotPoint, PlotSeries } from './plot-types'

interface Props {
  series: readonly PlotSeries[]
  x: PlotAxis
  y: PlotAxis
  height?: number
  /** Read by screen readers in the picture's place. */
  description: string
  labelWidth?: number
}

const TICK = { fill: 'var(--color-dim)', fontSize: 12 }

/** Lines over a numeric axis, with every repetition behind its mean, deviations, and labels at the ends of the lines. */
export function LinePlot({ series, x, y, height = 280, description, labelWidth = 120 }: Props) {
  const shown = series.filter((one) => one.points.length > 0)
  const xLabel = x.log ? `${x.label}, log scale` : x.label
  const yLabel = y.log ? `${y.label}, log scale` : y.label
  if (shown.length === 0) return <p className="grid place-items-center text-dim" style={{ height }}>No finished run has this figure yet.</p>
  return (
    <div role="group" aria-label={description} style={{ height }}>
      <LineChart responsive style={{ width: '100%', height: '100%' }} data={toWideRows(shown)} margin={{ top: 12, right: labelWidth, bottom: 24, left: 12 }} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--color-line)" vertical={false} />
        <XAxis
          dataKey="x"
          type="number"
          scale={x.log ? 'log' : 'linear'}
          domain={[...(x.domain ?? (x.ticks ? [Math.min(...x.ticks), Math.max(...x.ticks)] : ['dataMin', 'dataMax']))]}
          {...(x.ticks ? { ticks: [...x.ticks] } : {})}
          tick={TICK}
          tickLine={false}
          axisLine={{ stroke: 'var(--color-strong)' }}
          tickFormatter={x.format ?? formatFigure}
          padding={{ left: 8, right: 8 }}
          label={{ value: xLabel, position: 'insideBottom', offset: -14, fill: 'var(--color-dim)', fontSize: 12 }}
        />
        <YAxis
          type="number"
          scale={y.log ? 'log' : 'linear'}
          domain={[...(y.domain ?? ['auto', 'auto'])]}
          {...(y.ticks ? { ticks: [...y.ticks] } : {})}
          allowDataOverflow={y.domain !== undefined}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          width={56}
          tickFormatter={y.format ?? formatFigure}
          label={{ value: yLabel, angle: -90, position: 'insideLeft', offset: 4, style: { textAnchor: 'middle' }, fill: 'var(--color-dim)', fontSize: 12 }}
        />
        <Tooltip isAnimationActive={false} cursor={{ stroke: 'var(--color-strong)', strokeDasharray: '2 3' }} content={<PlotTooltip series={shown} x={x} y={y} />} />
        {shown.map((one) => (
          <Line key={one.key} dataKey={one.key} stroke={one.color} strokeWidth={1.75} {...(one.dash ? { strokeDasharray: one.dash } : {})} dot={false} activeDot={false} connectNulls isAnimationActive={false} />
        ))}
        {/* Not drawn: they make the axis long enough for the deviations. */}
        {shown.filter((one) => one.points.some((point) => point.deviation !== null)).flatMap((one) => [lowKey(one.key), highKey(one.key)]).map((key) => <Line key={key} dataKey={key} stroke="none" dot={false} activeDot={false} isAnimationActive={false} />)}
        <MarkLayer series={shown} />
        <EndLabels series={shown} width={labelWidth} />
      </LineChart>
    </div>
  )
}

/** Hover values: mean, deviation and each repetition. */
function PlotTooltip({ series, x, y }: { series: readonly PlotSeries[]; x: PlotAxis; y: PlotAxis }) {
  const label = useActiveTooltipLabel()
  const format = y.format ?? formatFigure
  const at = series.flatMap((one) => one.points.filter((point) => point.x === Number(label)).map((point) => ({ one, point })))
  if (at.length === 0) return null
  return (
    <div className="rounded-md border border-line bg-raised px-2.5 py-2 text-12 shadow-md">
      <p className="mb-1 text-dim">{x.label}: {formatFigure(Number(label))}</p>
      {at.map(({ one, point }) => (
        <p key={one.key} className="flex items-center gap-2">
          <svg viewBox="0 0 12 12" className="size-3"><Mark kind={one.marker === 'none' ? 'square' : one.marker} x={6} y={6} color={one.color} /></svg>
          <span>{one.label}</span>
          <b className="ml-auto font-semibold">{format(point.y)}{point.deviation === null ? '' : ` ± ${format(point.deviation)}`}</b>
          {point.values.length === 1 ? <span className="text-dim">{point.values[0]?.label}</span> : point.values.length > 1 ? <span className="text-dim">{point.values.length} runs</span> : null}
        </p>
      ))}
    </div>
  )
}

type Scale = (value: number) => number

function MarkLayer({ series }: { series: readonly PlotSeries[] }) {
  const [xScale, yScale] = [useXAxisScale(), useYAxisScale()]
  if (!xScale || !yScale) return null
  const x: Scale = (value) => Number(xScale(value))
  const y: Scale = (value) => Number(yScale(value))
  return <g>{series.map((one) => <g key={one.key}>{one.points.map((point) => <PointMark key={point.x} one={one} point={point} x={x} y={y} />)}</g>)}</g>
}

function PointMark({ one, point, x, y }: { one: PlotSeries; point: PlotPoint; x: Scale; y: Scale }) {
  const router = useRouter()
  const px = x(point.x)
  const single = point.values.length === 1 ? point.values[0] : undefined
  const href = single?.href ?? null
  return (
    <g>
      {point.deviation === null ? null : <path d={`M${px} ${y(point.y - point.deviation)}V${y(point.y + point.deviation)}`} stroke={one.color} strokeWidth={1.5} strokeOpacity={0.6} />}
      {point.values.length > 1
        ? point.values.map((value, index) => (
            <a key={index} {...linkTo(value.href, router.push)} aria-label={`${one.label}, ${value.label}: ${formatFigure(value.value)}`}>
              <circle cx={px} cy={y(value.value)} r={2.5} fill={one.color} fillOpacity={0.35} />
            </a>
          ))
        : null}
      {href ? <a {...linkTo(href, router.push)} aria-label={`${one.label} at ${point.x}: ${formatFigure(point.y)}, open ${single?.label}`}><Mark kind={one.marker} x={px} y={y(point.y)} color={one.color} /></a> : <Mark kind={one.marker} x={px} y={y(point.y)} color={one.color} />}
    </g>
  )
}

function linkTo(href: string | null, push: (href: string) => void): React.AnchorHTMLAttributes<HTMLAnchorElement> {
  if (!href) return {}
  return {
    href,
    className: 'cursor-pointer',
    onClick: (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return
      event.preventDefault()
      push(href)
    },
  }
}
