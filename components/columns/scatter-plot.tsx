'use client'
import { useCallback, useMemo, useState, type PointerEvent } from 'react'
import { useWidth } from '@/components/charts/use-width'
import { AxisBrush, rangeBrush } from './axis-brush'
import { axisScale, type AxisScale } from './axis-scale'
import { brushedRows } from './brushed-rows'
import { textAt, type Column } from './column'
import { PlotLegend } from './plot-legend'
import { withBrush, type RowsPlotProps } from './plot-props'
import { rowColors } from './ramp'
import { useCanvas } from './use-canvas'
import { useDrawing } from './use-drawing'
import { resolveColor, useTheme } from './use-plot-colors'

export interface ScatterLayout { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
export interface ScatterProps extends RowsPlotProps { readonly x: Column; readonly y: Column }

export function scatterLayout(width: number, height: number): ScatterLayout {
  return { left: 84, right: width - 110, top: 16, bottom: height - 50 }
}

export function pointAt(x: AxisScale, y: AxisScale, row: number, layout: ScatterLayout): readonly [number, number] {
  return [layout.left + x.at(row) * (layout.right - layout.left), layout.bottom - y.at(row) * (layout.bottom - layout.top)]
}

const NEAR = 8
const DOT = 3

/** One dot a row over two columns. A drag over the plane brushes both axes; each axis has its own brush too. Rows without one of the values are not drawn, and counted below. */
export function ScatterPlot({ table, rows, x, y, color, brushes, onBrushes, marked = [], nameOf, onOpen, height = 340 }: ScatterProps) {
  const [ref, width] = useWidth<HTMLDivElement>(960)
  const theme = useTheme()
  const [hovered, setHovered] = useState<number | null>(null)
  const [start, setStart] = useState<Place | null>(null)
  const [xScale, yScale] = useMemo(() => [axisScale(x, rows), axisScale(y, rows)], [x, y, rows])
  const layout = useMemo(() => scatterLayout(width, height), [width, height])
  const kept = useMemo(() => brushedRows(rows, brushes, table.columns, table.ids.length), [rows, brushes, table])
  const colors = useMemo(() => rowColors(color, rows, theme), [color, rows, theme])
  const canvas = useCanvas(width, height, useCallback((context, element) => {
    const host = element.parentElement ?? element
    context.clearRect(0, 0, width, height)
    const resolved = colors.colors.map((one) => resolveColor(host, one))
    if (kept.length < rows.length) drawDots(context, rows, xScale, yScale, layout, () => resolveColor(host, 'var(--color-line)'), 0.8)
    drawDots(context, kept, xScale, yScale, layout, (row) => resolved[colors.bucket(row)] ?? '#888', kept.length > 2000 ? 0.5 : 0.85)
  }, [rows, kept, xScale, yScale, layout, colors, width, height]))
  const onMove = (event: PointerEvent<SVGElement>): void => {
    const [px, py] = placeOf(event)
    if (!start) setHovered(nearestDot(kept, xScale, yScale, layout, px, py))
    else if (isDrag(start, [px, py])) {
      const across = (value: number): number => (value - layout.left) / (layout.right - layout.left)
      const up = (value: number): number => (layout.bottom - value) / (layout.bottom - layout.top)
      onBrushes((now) => withBrush(withBrush(now, x.key, rangeBrush(xScale, { from: across(start[0]), to: across(px) })), y.key, rangeBrush(yScale, { from: up(start[1]), to: up(py) })))
    }
  }
  const svg = useDrawing((element) => {
    const resolved = colors.colors.map((one) => resolveColor(element.parentElement ?? document.body, one))
    return Array.from(kept, (row) => {
      const [px, py] = pointAt(xScale, yScale, row, layout)
      return Number.isNaN(px + py) ? '' : `<circle cx="${px.toFixed(1)}" cy="${py.toFixed(1)}" r="${DOT}" fill="${resolved[colors.bucket(row)] ?? '#888'}" fill-opacity="0.7"/>`
    }).join('')
  })
  const missing = rows.filter((row) => Number.isNaN(xScale.at(row) + yScale.at(row))).length
  const shown = [...marked.filter((row) => rows.includes(row)), ...(hovered === null ? [] : [hovered])]
  const brushOf = (key: string) => brushes.find((brush) => brush.key === key)
  return (
    <div ref={ref}>
      <div className="relative" style={{ height }} role="group" aria-label={`${y.title} over ${x.title} of ${rows.length} runs; ${kept.length} stand out.`}>
        <canvas ref={canvas} className="absolute inset-0 size-full" aria-hidden />
        <svg ref={svg} width={width} height={height} className="absolute inset-0">
          <PlaneAxes x={xScale} y={yScale} layout={layout} />
          <rect
            x={layout.left}
            y={layout.top}
            width={layout.right - layout.left}
            height={layout.bottom - layout.top}
            fill="transparent"
            className={hovered === null ? 'cursor-crosshair touch-none' : 'cursor-pointer touch-none'}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId)
              setStart(placeOf(event))
            }}
            onPointerMove={onMove}
            onPointerUp={(event) => {
              setStart(null)
              if (start && !isDrag(start, placeOf(event)) && hovered !== null) onOpen?.(hovered)
            }}
            onPointerLeave={() => setHovered(null)}
          />
          {shown.map((row) => <DotMark key={row} at={pointAt(xScale, yScale, row, layout)} name={nameOf(row)} />)}
          <AxisBrush scale={xScale} brush={brushOf(x.key)} x={layout.bottom} top={layout.left} bottom={layout.right} across="x" onBrush={(brush) => onBrushes((now) => withBrush(now, x.key, brush))} />
          <AxisBrush scale={yScale} brush={brushOf(y.key)} x={layout.left} top={layout.top} bottom={layout.bottom} onBrush={(brush) => onBrushes((now) => withBrush(now, y.key, brush))} />
        </svg>
        {hovered === null ? null : (
          <div className="pointer-events-none absolute top-2 right-2 z-10 max-w-64 rounded-md border border-line bg-raised px-2.5 py-2 text-12 shadow-md">
            <p className="mb-1 truncate font-medium">{nameOf(hovered)}</p>
            {[x, y, ...(color && color !== x && color !== y ? [color] : [])].map((column) => <p key={column.key} className="flex justify-between gap-3"><span className="truncate text-dim">{column.title}</span><b className="font-semibold">{textAt(column, hovered)}</b></p>)}
            {onOpen ? <p className="mt-1 text-dim">Click opens it.</p> : null}
          </div>
        )}
      </div>
      <PlotLegend column={color} colors={colors} />
      {missing > 0 ? <p className="px-3 text-12 text-dim">{missing} of {rows.length} have no value on one of the axes and are not drawn.</p> : null}
    </div>
  )
}

type Place = readonly [number, number]

/** Where in the drawing the pointer is. */
function placeOf(event: PointerEvent<SVGElement>): Place {
  const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect()
  return [event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0)]
}

function isDrag(from: Place, to: Place): boolean {
  return Math.hypot(to[0] - from[0], to[1] - from[1]) >= 4
}

function drawDots(context: CanvasRenderingContext2D, rows: Int32Array, x: AxisScale, y: AxisScale, layout: ScatterLayout, colorOf: (row: number) => string, alpha: number): void {
  context.globalAlpha = alpha
  for (const row of rows) {
    const [px, py] = pointAt(x, y, row, layout)
    if (Number.isNaN(px + py)) continue
    context.fillStyle = colorOf(row)
    context.beginPath()
    context.arc(px, py, DOT, 0, 2 * Math.PI)
    context.fill()
  }
}

function nearestDot(rows: Int32Array, x: AxisScale, y: AxisScale, layout: ScatterLayout, px: number, py: number): number | null {
  let [best, distance] = [null as number | null, NEAR]
  for (const row of rows) {
    const [rx, ry] = pointAt(x, y, row, layout)
    const away = Math.hypot(rx - px, ry - py)
    if (away < distance) [best, distance] = [row, away]
  }
  return best
}

function DotMark({ at: [x, y], name }: { at: readonly [number, number]; name: string }) {
  if (Number.isNaN(x + y)) return null
  return (
    <g pointerEvents="none">
      <circle cx={x} cy={y} r={5.5} fill="none" stroke="var(--color-ink)" strokeWidth={1.75} />
      <text x={x + 9} y={y} dominantBaseline="central" fontSize={11} fill="var(--color-ink)" stroke="var(--color-bg)" strokeWidth={3} paintOrder="stroke">{name.slice(0, 16)}</text>
    </g>
  )
}

function PlaneAxes({ x, y, layout }: { x: AxisScale; y: AxisScale; layout: ScatterLayout }) {
  const name = (scale: AxisScale): string => `${scale.column.title}${scale.log ? ', log scale' : ''}`
  const middle = (layout.top + layout.bottom) / 2
  return (
    <g fontSize={11} fill="var(--color-dim)">
      {y.ticks.map((tick) => {
        const at = layout.bottom - tick.at * (layout.bottom - layout.top)
        return <g key={tick.at}><path d={`M${layout.left} ${at}H${layout.right}`} stroke="var(--color-line)" /><text x={layout.left - 14} y={at} textAnchor="end" dominantBaseline="central">{tick.text.slice(0, 9)}</text></g>
      })}
      {x.ticks.map((tick) => <text key={tick.at} x={layout.left + tick.at * (layout.right - layout.left)} y={layout.bottom + 20} textAnchor="middle">{tick.text.slice(0, 14)}</text>)}
      <path d={`M${layout.left} ${layout.top}V${layout.bottom}H${layout.right}`} fill="none" stroke="var(--color-strong)" />
      <text x={(layout.left + layout.right) / 2} y={layout.bottom + 40} textAnchor="middle" fontSize={12}>{name(x)}</text>
      <text transform={`translate(16 ${middle}) rotate(-90)`} textAnchor="middle" fontSize={12}>{name(y)}</text>
    </g>
  )
}
