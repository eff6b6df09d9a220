'use client'
import { useMemo } from 'react'
import { AxisBrush } from '@/components/columns/axis-brush'
import { axisScale } from '@/components/columns/axis-scale'
import type { Brush } from '@/components/columns/brush'
import { numberAt, type ColumnTable, type NumberColumn } from '@/components/columns/column'
import { everyRow } from '@/components/columns/order'
import { useWidth } from '@/components/charts/use-width'
import { formatInstant } from '@/components/format/instant'
import { plural } from '@/components/format/number'

interface Props {
  table: ColumnTable
  /** What passes the filter, brushed or not. */
  rows: Int32Array
  brushes: readonly Brush[]
  onBrush: (brush: Brush | null) => void
}

const HEIGHT = 64
const BASE = 46
const LEFT = 4
/** Pixels of a bar. */
const BAR = 6

/** How many contexts began when; a stretch of it may be held by dragging or by keys. */
export function TimeHistogram({ table, rows, brushes, onBrush }: Props) {
  const [ref, width] = useWidth<HTMLDivElement>(900)
  const time = table.columns.get('time')
  const scale = useMemo(() => (time?.kind === 'number' ? axisScale(time, everyRow(table.ids.length)) : null), [time, table])
  const right = Math.max(LEFT + 80, width - LEFT)
  const bars = useMemo(() => (time?.kind === 'number' && scale ? binned(time, rows, scale.low, scale.high, Math.max(20, Math.floor((right - LEFT) / BAR))) : []), [time, rows, scale, right])
  if (!scale || !(scale.high > scale.low)) return <div ref={ref} />
  const most = bars.reduce((high, count) => Math.max(high, count), 1)
  const step = (right - LEFT) / bars.length
  const per = (scale.high - scale.low) / bars.length
  return (
    <div ref={ref} className="mb-3">
      <svg width={width} height={HEIGHT} role="group" aria-label={`Contexts over time: ${plural(rows.length, 'context')}, at most ${most} in a bar of ${span(per)}`} className="block overflow-visible">
        {bars.map((count, index) => (count === 0 ? null : (
          <rect key={index} x={LEFT + index * step} y={BASE - Math.max(1.5, (count / most) * (BASE - 14))} width={Math.max(1, step - 1)} height={Math.max(1.5, (count / most) * (BASE - 14))} fill="var(--color-accent)" fillOpacity={0.6}>
            <title>{`${plural(count, 'context')} from ${formatInstant(scale.low + index * per)}`}</title>
          </rect>
        )))}
        <AxisBrush scale={scale} brush={brushes.find(({ key }) => key === 'time')} x={BASE} top={LEFT} bottom={right} across="x" onBrush={onBrush} />
        <text x={LEFT} y={HEIGHT - 1} fontSize={11} fill="var(--color-dim)">{formatInstant(scale.low)}</text>
        <text x={right} y={HEIGHT - 1} fontSize={11} textAnchor="end" fill="var(--color-dim)">{formatInstant(scale.high)}</text>
        <text x={LEFT} y={9} fontSize={11} fill="var(--color-dim)">{`${most} contexts in ${span(per)}`}</text>
      </svg>
    </div>
  )
}

function binned(time: NumberColumn, rows: Int32Array, low: number, high: number, count: number): number[] {
  const bars = Array.from({ length: count }, () => 0)
  for (const row of rows) {
    const value = numberAt(time, row)
    if (value === null) continue
    const index = Math.min(count - 1, Math.floor(((value - low) / (high - low)) * count))
    bars[index] = (bars[index] ?? 0) + 1
  }
  return bars
}

function span(millis: number): string {
  const seconds = millis / 1000
  if (seconds < 1) return `${Math.round(millis)} ms`
  return seconds < 120 ? `${Math.round(seconds)} s` : seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}
