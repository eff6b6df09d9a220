'use client'
import type { AxisValue } from '@/lib/experiments/points'
import type { HeatBody, HeatCell } from '@/lib/experiments/report/report-types'
import { formatFigure } from '@/components/format/number'
import { MarkLayer, type DrawnMark } from './mark-layer'
import { NoFigure } from './plot-axis'
import { PlotFrame } from './plot-frame'
import { rampColor, rampInk } from './ramp'
import { RampLegend, rampDomain, shareOf } from './ramp-legend'
import { useWidth } from './use-width'
import { axisTitle, formatMean, formatValue } from './value-format'

const TOP = 36
const LEFT = 76
const BOTTOM = 44
const RIGHT = 16
const MOST_WIDTH = 840
const ROW = 36

/** A cell for each pair of values, coloured and lettered by the mean. Numbers grow upwards and to the right; a pair without runs stays empty. */
export function HeatPlot({ body, description }: { body: HeatBody; description: string }) {
  const [ref, width] = useWidth<HTMLDivElement>(640)
  if (body.cells.length === 0) return <NoFigure height={240} />
  const grid = layOut(body, Math.min(MOST_WIDTH, width))
  const domain = rampDomain(body.cells.filter((cell) => cell.values.length > 0).map((cell) => cell.mean), body.value.domain)
  return (
    <div ref={ref}>
      <PlotFrame description={description} height={grid.height}>
        <svg width={Math.min(MOST_WIDTH, width)} height={grid.height} className="block">
          <RampLegend x={Math.min(MOST_WIDTH, width) - RIGHT - 160} y={4} title={axisTitle(body.value)} domain={domain} />
          <Grid body={body} grid={grid} />
          <MarkLayer marks={body.cells.map((cell) => heatMark(body, cell, grid, domain))} />
        </svg>
      </PlotFrame>
    </div>
  )
}

interface Layout { readonly width: number; readonly row: number; readonly height: number; readonly x: (value: AxisValue) => number; readonly y: (value: AxisValue) => number }

function layOut(body: HeatBody, width: number): Layout {
  const columns = Math.max(1, body.x.values.length)
  const rows = Math.max(1, body.y.values.length)
  const cell = (width - LEFT - RIGHT) / columns
  const upwards = body.y.values.every((value): boolean => typeof value === 'number')
  return {
    width: cell, row: ROW, height: TOP + rows * ROW + BOTTOM,
    x: (value) => LEFT + body.x.values.indexOf(value) * cell,
    y: (value) => TOP + (upwards ? rows - 1 - body.y.values.indexOf(value) : body.y.values.indexOf(value)) * ROW,
  }
}

function Grid({ body, grid }: { body: HeatBody; grid: Layout }) {
  const bottom = grid.height - BOTTOM
  const centre = LEFT + (body.x.values.length * grid.width) / 2
  return (
    <g fontSize={12} fill="var(--color-dim)">
      {body.x.values.map((value) => <text key={value} x={grid.x(value) + grid.width / 2} y={bottom + 16} textAnchor="middle">{label(value)}</text>)}
      {body.y.values.map((value) => <text key={value} x={LEFT - 8} y={grid.y(value) + grid.row / 2} textAnchor="end" dominantBaseline="central">{label(value)}</text>)}
      <text x={centre} y={bottom + 36} textAnchor="middle">{body.x.title}</text>
      <text transform={`translate(14 ${(TOP + bottom) / 2}) rotate(-90)`} textAnchor="middle">{body.y.title}</text>
    </g>
  )
}

function heatMark(body: HeatBody, cell: HeatCell, grid: Layout, domain: readonly [number, number]): DrawnMark {
  const [left, top] = [grid.x(cell.x), grid.y(cell.y)]
  const [x, y] = [left + grid.width / 2, top + grid.row / 2]
  const share = shareOf(cell.mean, domain)
  // what the paper has and we have not is drawn as an outline
  const only = cell.values.length === 0
  const published = only || cell.published === null ? [] : [`paper ${formatValue(body.value, cell.published)}`]
  return {
    key: `${cell.x}/${cell.y}`, x, y,
    title: `${only ? 'paper: ' : ''}${body.x.title} ${label(cell.x)}, ${body.y.title} ${label(cell.y)}`,
    value: formatMean(body.value, cell.mean, cell.deviation),
    notes: published, runs: cell.values,
    format: (value) => formatValue(body.value, value),
    shape: (
      <>
        <rect x={left + 0.5} y={top + 0.5} width={Math.max(1, grid.width - 1)} height={grid.row - 1} {...(only ? { fill: 'none', stroke: 'var(--color-strong)', strokeDasharray: '4 3' } : { fill: rampColor(share) })} />
        {grid.width < 38 ? null : <text x={x} y={y} textAnchor="middle" dominantBaseline="central" fontSize={12} fill={only ? 'var(--color-dim)' : rampInk(share)}>{short(cell.mean)}</text>}
      </>
    ),
    hit: <rect x={left} y={top} width={grid.width} height={grid.row} fill="transparent" />,
  }
}

function label(value: AxisValue): string {
  return typeof value === 'number' ? formatFigure(value) : value
}

/** Three digits, so that it fits into its cell; the exact value is said on hover. */
function short(value: number): string {
  return Math.abs(value) <= 1 ? value.toFixed(3).replace(/^(-?)0(?=\.)/, '$1') : formatFigure(Number(value.toPrecision(3)))
}
