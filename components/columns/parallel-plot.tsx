'use client'
import { useCallback, useMemo, useState, type PointerEvent } from 'react'
import { useWidth } from '@/components/charts/use-width'
import { AxisBrush } from './axis-brush'
import { axisScale, type AxisScale } from './axis-scale'
import { brushedRows } from './brushed-rows'
import { textAt, type Column } from './column'
import { drawLines, lineAlpha, lineY, type LineLayout } from './draw-lines'
import { nearestLine } from './nearest-line'
import { PlotLegend } from './plot-legend'
import { withBrush, type RowsPlotProps } from './plot-props'
import { rowColors } from './ramp'
import { useCanvas } from './use-canvas'
import { useDrawing } from './use-drawing'
import { resolveColor, useTheme } from './use-plot-colors'

const TOP = 44
const FOOT = 34
const SIDE = 64

export interface ParallelProps extends RowsPlotProps { readonly axes: readonly Column[] }

/** Parallel coordinates: one axis a column, one line a row. Brushes on axes say which lines stand out; the others stay behind them in grey. */
export function ParallelPlot({ table, rows, axes, color, brushes, onBrushes, marked = [], nameOf, onOpen, height = 320 }: ParallelProps) {
  const [ref, width] = useWidth<HTMLDivElement>(960)
  const theme = useTheme()
  const [hovered, setHovered] = useState<number | null>(null)
  const scales = useMemo(() => axes.map((column) => axisScale(column, rows)), [axes, rows])
  const layout = useMemo(() => lineLayout(axes.length, width, height), [axes.length, width, height])
  const kept = useMemo(() => brushedRows(rows, brushes, table.columns, table.ids.length), [rows, brushes, table])
  const colors = useMemo(() => rowColors(color, rows, theme), [color, rows, theme])
  const ground = useCanvas(width, height, useCallback((context, canvas) => {
    context.clearRect(0, 0, width, height)
    if (brushes.length === 0) return undefined
    return drawLines(context, rows, scales, layout, { bucket: () => 0, colors: [resolveColor(canvas.parentElement ?? canvas, 'var(--color-line)')], legend: [] }, 0.5)
    // The ground stays while a brush moves.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [rows, scales, layout, width, height, brushes.length === 0, theme]))
  const front = useCanvas(width, height, useCallback((context, canvas) => {
    context.clearRect(0, 0, width, height)
    const host = canvas.parentElement ?? canvas
    return drawLines(context, kept, scales, layout, { ...colors, colors: colors.colors.map((one) => resolveColor(host, one)) }, lineAlpha(kept.length))
  }, [kept, scales, layout, colors, width, height]))
  const svg = useDrawing((element) => {
    const resolved = colors.colors.map((one) => resolveColor(element.parentElement ?? document.body, one))
    const alpha = lineAlpha(kept.length).toFixed(2)
    return Array.from(kept, (row) => `<path d="M${scales.map((scale, index) => `${(layout.xs[index] ?? 0).toFixed(1)} ${lineY(scale, row, layout).toFixed(1)}`).join('L')}" fill="none" stroke="${resolved[colors.bucket(row)] ?? '#888'}" stroke-opacity="${alpha}"/>`).join('')
  })
  const onMove = (event: PointerEvent<SVGElement>): void => {
    const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect()
    setHovered(nearestLine(kept, scales, layout, event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0)))
  }
  const shown = [...marked.filter((row) => rows.includes(row)), ...(hovered === null ? [] : [hovered])]
  return (
    <div ref={ref}>
      <div
        className="relative"
        style={{ height }}
        role="group"
        aria-label={`Parallel coordinates of ${rows.length} runs over ${axes.map((axis) => axis.title).join(', ')}; ${kept.length} stand out.`}
      >
        <canvas ref={ground} className="absolute inset-0 size-full" aria-hidden />
        <canvas ref={front} className="absolute inset-0 size-full" aria-hidden />
        <svg ref={svg} width={width} height={height} className={hovered === null ? 'absolute inset-0' : 'absolute inset-0 cursor-pointer'}>
          <rect width={width} height={height} fill="transparent" onPointerMove={onMove} onPointerLeave={() => setHovered(null)} onPointerUp={() => hovered !== null && onOpen?.(hovered)} />
          {shown.map((row) => <LineMark key={row} row={row} scales={scales} layout={layout} name={nameOf(row)} strong={row === hovered} />)}
          {scales.map((scale, index) => (
            <Axis key={scale.column.key} scale={scale} x={layout.xs[index] ?? 0} layout={layout} room={roomOf(layout)}>
              <AxisBrush scale={scale} brush={brushes.find((brush) => brush.key === scale.column.key)} x={layout.xs[index] ?? 0} top={layout.top} bottom={layout.bottom} onBrush={(brush) => onBrushes((now) => withBrush(now, scale.column.key, brush))} />
            </Axis>
          ))}
        </svg>
        {hovered === null ? null : <Hover name={nameOf(hovered)} axes={axes} row={hovered} />}
      </div>
      <PlotLegend column={color} colors={colors} />
    </div>
  )
}

export function lineLayout(axes: number, width: number, height: number): LineLayout {
  const gap = (width - 2 * SIDE) / Math.max(1, axes - 1)
  const xs = Array.from({ length: axes }, (_, index) => (axes === 1 ? width / 2 : SIDE + index * gap))
  return { xs, top: TOP, bottom: height - FOOT, gutter: height - 12 }
}

function roomOf({ xs }: LineLayout): number {
  return Math.max(60, (xs[1] ?? 240) - (xs[0] ?? 0) - 8)
}

function Axis({ scale, x, layout, room, children }: { scale: AxisScale; x: number; layout: LineLayout; room: number; children: React.ReactNode }) {
  const letters = Math.floor(room / 6.6)
  const title = `${scale.column.title}${scale.log ? ', log scale' : ''}`
  return (
    <g>
      <text x={x} y={18} textAnchor="middle" fontSize={12} fontWeight={600} fill="var(--color-ink)"><title>{`${title}: ${scale.column.hint}`}</title>{title.length > letters ? `${title.slice(0, letters - 1)}…` : title}</text>
      <path d={`M${x} ${layout.top}V${layout.bottom}`} stroke="var(--color-strong)" />
      {scale.ticks.map((tick) => {
        const y = layout.bottom - tick.at * (layout.bottom - layout.top)
        return (
          <g key={tick.at}>
            <path d={`M${x - 4} ${y}H${x}`} stroke="var(--color-strong)" />
            <text x={x - 10} y={y} textAnchor="end" dominantBaseline="central" fontSize={11} fill="var(--color-dim)" stroke="var(--color-bg)" strokeWidth={3} paintOrder="stroke">{tick.text.length > 14 ? `${tick.text.slice(0, 13)}…` : tick.text}</text>
          </g>
        )
      })}
      <text x={x} y={layout.gutter} textAnchor="middle" dominantBaseline="central" fontSize={11} fill="var(--color-dim)" stroke="var(--color-bg)" strokeWidth={3} paintOrder="stroke">none</text>
      {children}
    </g>
  )
}

/** A line that is told by its name, at the right end. */
function LineMark({ row, scales, layout, name, strong }: { row: number; scales: readonly AxisScale[]; layout: LineLayout; name: string; strong: boolean }) {
  const points = scales.map((scale, index) => `${layout.xs[index]} ${lineY(scale, row, layout)}`)
  const last = scales.at(-1)
  return (
    <g pointerEvents="none">
      <path d={`M${points.join('L')}`} fill="none" stroke="var(--color-bg)" strokeWidth={5} />
      <path d={`M${points.join('L')}`} fill="none" stroke="var(--color-ink)" strokeWidth={strong ? 2.5 : 1.75} />
      {last ? <text x={(layout.xs.at(-1) ?? 0) + 8} y={lineY(last, row, layout)} dominantBaseline="central" fontSize={11} fill="var(--color-ink)" stroke="var(--color-bg)" strokeWidth={3} paintOrder="stroke">{name.slice(0, 8)}</text> : null}
    </g>
  )
}

function Hover({ name, axes, row }: { name: string; axes: readonly Column[]; row: number }) {
  return (
    <div className="pointer-events-none absolute top-10 right-2 z-10 max-w-64 rounded-md border border-line bg-raised px-2.5 py-2 text-12 shadow-md">
      <p className="mb-1 truncate font-medium">{name}</p>
      {axes.map((axis) => <p key={axis.key} className="flex justify-between gap-3"><span className="truncate text-dim">{axis.title}</span><b className="font-semibold">{textAt(axis, row)}</b></p>)}
      <p className="mt-1 text-dim">Click opens it.</p>
    </div>
  )
}
