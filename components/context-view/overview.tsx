'use client'
import { useMemo, useRef } from 'react'
import { lowerBound, panned } from '@/lib/contexts/view/timeline-marks'
import type { Zoom } from './use-timeline-view'

const BINS = 240
const HEIGHT = 22

/** All of the time at a glance, and the window that the timeline shows of it: drag it, or click where it should be. */
export function Overview({ places, zoom, set, left, right }: { places: readonly Float64Array[]; zoom: Zoom; set: (next: (now: Zoom) => Zoom) => void; left: number; right: number }) {
  const held = useRef<{ x: number } | null>(null)
  const path = useMemo(() => outline(places), [places])
  const share = (event: React.PointerEvent<HTMLDivElement>): number => {
    const rect = event.currentTarget.getBoundingClientRect()
    return (event.clientX - rect.left) / rect.width
  }
  return (
    <div aria-hidden className="relative mt-1 cursor-ew-resize touch-none rounded-sm bg-panel" style={{ marginLeft: left, marginRight: right, height: HEIGHT }}
      onPointerDown={(event) => {
        const x = share(event)
        event.currentTarget.setPointerCapture(event.pointerId)
        held.current = { x }
        if (x < zoom.from || x > zoom.to) set((now) => panned(now, x - (now.from + now.to) / 2))
      }}
      onPointerMove={(event) => {
        if (!held.current) return
        const x = share(event)
        const by = x - held.current.x
        held.current = { x }
        set((now) => panned(now, by))
      }}
      onPointerUp={() => { held.current = null }}>
      <svg viewBox={`0 0 ${BINS} ${HEIGHT}`} preserveAspectRatio="none" className="absolute inset-0 size-full"><path d={path} fill="var(--color-strong)" opacity={0.55} /></svg>
      <div className="absolute inset-y-0 rounded-sm border border-accent bg-accent/15" style={{ left: `${zoom.from * 100}%`, width: `max(3px, ${(zoom.to - zoom.from) * 100}%)` }} />
    </div>
  )
}

function outline(places: readonly Float64Array[]): string {
  const counts = Array.from({ length: BINS }, (_, bin) => places.reduce((sum, own) => sum + lowerBound(own, bin === BINS - 1 ? Infinity : (bin + 1) / BINS) - lowerBound(own, bin / BINS), 0))
  const most = Math.log1p(Math.max(1, ...counts))
  return counts.map((count, bin) => (count === 0 ? '' : `M${bin} ${HEIGHT}v${-((Math.log1p(count) / most) * (HEIGHT - 3)).toFixed(1)}h1V${HEIGHT}z`)).join('')
}
