'use client'
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { AnswerHistogram } from '@/lib/contexts/query-answers'
import { Figure } from '@/components/charts/figure'
import { useWidth } from '@/components/charts/use-width'
import { formatDuration } from '@/components/format/duration'
import { formatClock, formatInstant } from '@/components/format/instant'
import { formatCount } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { stretch, timeTicks, type Stretch } from './time-steps'

const HEIGHT = 96
const PLOT = 70
const [LEFT, RIGHT] = [44, 8] as const

interface Props {
  readonly histogram: AnswerHistogram | null
  readonly of: 'contexts' | 'lines'
  /** Whether the query ends in a stretch that can be taken away. */
  readonly chosen: boolean
  readonly onStretch: (fromMicros: number, toMicros: number) => void
  readonly onClear: () => void
}

/** Answers over the time of the log; a stretch dragged over it, or chosen by keys, is asked for. */
export function TimeBrush({ histogram, of, chosen, onStretch, onClear }: Props) {
  const steps = histogram?.all.length ?? 0
  return (
    <Figure
      id="over-time"
      title={`Answers over time${histogram ? `, ${of} per ${formatDuration(histogram.stepMicros / 1e6)}` : ''}`}
      note={<span className="flex h-5 items-center gap-3 overflow-hidden"><span className="truncate">Filled: answers. Outline: all {of}, on a square-root scale. Drag, or ← → with Shift and Enter, asks for a stretch.</span>{chosen ? <Button size="sm" tone="quiet" className="h-5 px-1.5" onClick={onClear}>All time</Button> : null}</span>}
      data={{ header: ['from (UTC)', 'answers', `all ${of}`], rows: Array.from({ length: steps }, (_, at) => [histogram ? formatInstant((histogram.fromMicros + at * histogram.stepMicros) / 1000) : '', histogram?.matched[at] ?? 0, histogram?.all[at] ?? 0]) }}
    >
      {histogram ? <Bars histogram={histogram} of={of} onStretch={onStretch} onClear={onClear} /> : <div style={{ height: HEIGHT }} className="grid place-items-center text-dim">No answer has a time yet.</div>}
    </Figure>
  )
}

function Bars({ histogram, of, onStretch, onClear }: { histogram: AnswerHistogram; of: string; onStretch: Props['onStretch']; onClear: () => void }) {
  const [ref, width] = useWidth<HTMLDivElement>(900)
  const [brush, setBrush] = useState<Stretch | null>(null)
  const [over, setOver] = useState<number | null>(null)
  const dragging = useRef(false)
  const { fromMicros, stepMicros, all, matched } = histogram
  const steps = all.length
  const room = Math.max(1, width - LEFT - RIGHT)
  const most = Math.max(1, ...all)
  const y = (count: number): number => PLOT - (count === 0 ? 0 : Math.max(1.5, Math.sqrt(count / most) * (PLOT - 6)))
  const x = (step: number): number => LEFT + (step / steps) * room
  const stepAt = (event: PointerEvent<SVGSVGElement>): number => {
    const box = event.currentTarget.getBoundingClientRect()
    return Math.max(0, Math.min(steps - 1, Math.floor(((event.clientX - box.left - LEFT) / room) * steps)))
  }
  const apply = ({ anchor, at }: Stretch): void => {
    setBrush(null)
    onStretch(fromMicros + Math.min(anchor, at) * stepMicros, fromMicros + (Math.max(anchor, at) + 1) * stepMicros)
  }
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && brush) apply(brush)
    else if (event.key === 'Escape' && brush) setBrush(null)
    else if (event.key === 'Backspace' || event.key === 'Delete') onClear()
    else {
      const next = stretch(brush, event, steps)
      if (!next) return
      setBrush(next)
    }
    event.preventDefault()
    event.stopPropagation()
  }
  const shown = brush?.at ?? over
  const said = shown === null ? null : `${formatClock(fromMicros + shown * stepMicros).slice(0, 12)} UTC: ${formatCount(matched[shown] ?? 0)} of ${formatCount(all[shown] ?? 0)}`
  return (
    <div ref={ref} className="relative" style={{ height: HEIGHT }}>
      <p className="absolute top-0 right-2 text-12 text-dim" aria-live="polite">{brush ? `${formatClock(fromMicros + Math.min(brush.anchor, brush.at) * stepMicros).slice(0, 12)} – ${formatClock(fromMicros + (Math.max(brush.anchor, brush.at) + 1) * stepMicros).slice(0, 12)} UTC, Enter asks` : said}</p>
      <svg
          role="slider" aria-label="Stretch of time: arrow keys choose, Shift extends, Enter asks, Delete is all time" aria-valuemin={0} aria-valuemax={steps - 1} aria-valuenow={shown ?? 0} aria-valuetext={said ?? 'none chosen'} tabIndex={0}
          width={width} height={HEIGHT} className="max-w-full cursor-crosshair touch-none rounded-sm select-none"
          onKeyDown={press} onBlur={() => setBrush(null)}
          onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); dragging.current = true; const at = stepAt(event); setBrush({ anchor: at, at }) }}
          onPointerMove={(event) => { const at = stepAt(event); setOver(at); if (dragging.current) setBrush((now) => (now ? { ...now, at } : now)) }}
          onPointerUp={() => { dragging.current = false; if (brush && brush.anchor !== brush.at) apply(brush); else setBrush(null) }}
          onPointerLeave={() => setOver(null)}
        >
          <title>{`${formatCount(matched.reduce((sum, one) => sum + one, 0))} answers of ${formatCount(all.reduce((sum, one) => sum + one, 0))} ${of}`}</title>
          <text x={LEFT - 6} y={12} textAnchor="end" fontSize={11} fill="var(--color-dim)">{formatCount(most)}</text>
          <text x={LEFT - 6} y={PLOT} textAnchor="end" fontSize={11} fill="var(--color-dim)">0</text>
          <path d={all.map((count, at) => `M${x(at)} ${y(count)}H${x(at + 1)}V${PLOT}H${x(at)}Z`).join('')} fill="var(--color-hover)" stroke="var(--color-strong)" strokeWidth={0.5} />
          <path d={matched.map((count, at) => (count === 0 ? '' : `M${x(at)} ${y(count)}H${Math.max(x(at) + 1, x(at + 1) - 0.5)}V${PLOT}H${x(at)}Z`)).join('')} fill="var(--color-accent)" />
          <line x1={LEFT} x2={LEFT + room} y1={PLOT} y2={PLOT} stroke="var(--color-strong)" />
          {brush ? <rect x={x(Math.min(brush.anchor, brush.at))} width={x(Math.max(brush.anchor, brush.at) + 1) - x(Math.min(brush.anchor, brush.at))} y={0} height={PLOT} fill="var(--color-accent)" opacity={0.2} stroke="var(--color-accent)" /> : null}
          {timeTicks(fromMicros, fromMicros + steps * stepMicros, room).map((micros) => <text key={micros} x={LEFT + ((micros - fromMicros) / (steps * stepMicros)) * room} y={HEIGHT - 10} textAnchor="middle" fontSize={11} fill="var(--color-dim)">{formatClock(micros).slice(0, 8)}</text>)}
      </svg>
    </div>
  )
}
