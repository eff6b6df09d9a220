'use client'
import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import type { AxisScale } from './axis-scale'
import type { Brush } from './brush'

export interface Range {
  /** Places on the axis, 0 to 1, low first. */
  readonly from: number
  readonly to: number
}

/** What a brush holds of an axis, as places; the whole of it without one. */
export function brushRange(scale: AxisScale, brush: Brush | undefined): Range {
  if (!brush) return { from: 0, to: 1 }
  if ('words' in brush) {
    const places = brush.words.map((word) => scale.words.indexOf(word)).filter((place) => place >= 0).map(scale.place)
    return places.length > 0 ? { from: Math.min(...places), to: Math.max(...places) } : { from: 0, to: 0 }
  }
  return { from: scale.place(Math.max(brush.low, scale.low)), to: scale.place(Math.min(brush.high, scale.high)) }
}

/** The brush of a stretch of an axis; null where it holds all of it. */
export function rangeBrush(scale: AxisScale, range: Range): Brush | null {
  const [from, to] = [Math.max(0, Math.min(range.from, range.to)), Math.min(1, Math.max(range.from, range.to))]
  if (from <= 0 && to >= 1) return null
  const { key } = scale.column
  if (scale.column.kind === 'word') {
    const [first, last] = [Math.ceil(scale.invert(from) - 0.5), Math.floor(scale.invert(to) + 0.5)]
    const words = scale.words.slice(first, last + 1)
    return words.length === scale.words.length || words.length === 0 ? null : { key, words }
  }
  return { key, low: round(scale, from), high: round(scale, to) }
}

/** No more digits than the axis can tell apart, so that addresses stay readable; the ends stay exact. */
function round(scale: AxisScale, place: number): number {
  if (place <= 0) return scale.low
  if (place >= 1) return scale.high
  const value = scale.invert(place)
  return Number(value.toPrecision(Math.min(12, Math.max(4, Math.ceil(Math.log10(Math.abs(value) / ((scale.high - scale.low) / 1000 || 1))) + 1))))
}

interface Props {
  scale: AxisScale
  brush: Brush | undefined
  x: number
  top: number
  bottom: number
  /** Along the bottom instead of upwards: `x` is then its y, top its left and bottom its right end. */
  across?: 'x'
  onBrush: (brush: Brush | null) => void
}

const STEP = 0.02
const GRIP = 10

/** The brush of one axis: drag along it, or move either end by keys; both ends are sliders for screen readers. */
export function AxisBrush({ scale, brush, x, top, bottom, across, onBrush }: Props) {
  const drag = useRef<number | null>(null)
  const range = brushRange(scale, brush)
  const length = bottom - top
  const place = (event: PointerEvent<SVGElement>): number => {
    const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect()
    const at = across ? (event.clientX - (box?.left ?? 0) - top) / length : (bottom - (event.clientY - (box?.top ?? 0))) / length
    return Math.max(0, Math.min(1, at))
  }
  const onKey = (end: 'from' | 'to') => (event: KeyboardEvent): void => {
    const by = step(scale) * ({ ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 5, PageDown: -5 }[event.key] ?? 0)
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? 1 : range[end] + by
    if (event.key === 'Delete' || event.key === 'Backspace') onBrush(null)
    else if (by === 0 && event.key !== 'Home' && event.key !== 'End') return
    else onBrush(rangeBrush(scale, end === 'from' ? { from: Math.min(next, range.to), to: range.to } : { from: range.from, to: Math.max(next, range.from) }))
    event.preventDefault()
    event.stopPropagation()
  }
  const along = (at: number): number => (across ? top + at * length : bottom - at * length)
  const [low, high] = [along(range.from), along(range.to)]
  const box = across ? { x: low, y: x - GRIP / 2, width: Math.max(2, high - low), height: GRIP } : { x: x - GRIP / 2, y: high, width: GRIP, height: Math.max(2, low - high) }
  const ground = across ? { x: top, y: x - 9, width: length, height: 18 } : { x: x - 9, y: top, width: 18, height: length }
  return (
    <g>
      <rect
        {...ground}
        fill="transparent"
        className={across ? 'cursor-col-resize touch-none' : 'cursor-row-resize touch-none'}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          drag.current = place(event)
        }}
        onPointerMove={(event) => {
          if (drag.current !== null) onBrush(rangeBrush(scale, { from: drag.current, to: place(event) }))
        }}
        onPointerUp={(event) => {
          // A click without a drag takes the brush away.
          if (drag.current !== null && Math.abs(place(event) - drag.current) < 0.004) onBrush(null)
          drag.current = null
        }}
      />
      {brush ? <rect {...box} fill="var(--color-accent)" fillOpacity={0.25} stroke="var(--color-accent)" pointerEvents="none" /> : null}
      {(['from', 'to'] as const).map((end) => {
        const at = end === 'from' ? low : high
        return (
          <rect
            key={end}
            role="slider"
            tabIndex={0}
            aria-label={`${scale.column.title}, ${end === 'from' ? 'lowest' : 'highest'} kept`}
            aria-orientation={across ? 'horizontal' : 'vertical'}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(range[end] * 100)}
            aria-valuetext={valueText(scale, range[end])}
            {...(across ? { x: at - 2.5, y: x - GRIP / 2 - 2, width: 5, height: GRIP + 4 } : { x: x - GRIP / 2 - 2, y: at - 2.5, width: GRIP + 4, height: 5 })}
            rx={1}
            fill={brush ? 'var(--color-accent)' : 'var(--color-strong)'}
            fillOpacity={brush ? 1 : 0.55}
            className="touch-none"
            pointerEvents="none"
            onKeyDown={onKey(end)}
          />
        )
      })}
    </g>
  )
}

function step(scale: AxisScale): number {
  return scale.words.length > 1 ? 1 / (scale.words.length - 1) : STEP
}

export function valueText(scale: AxisScale, at: number): string {
  if (scale.column.kind === 'word') return scale.words[Math.round(scale.invert(at))] ?? ''
  return scale.column.format(scale.invert(at))
}
