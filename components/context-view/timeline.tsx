'use client'
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { lanesOf, LANE_VERBS, timesOf, verbPlace, type Lane } from '@/lib/contexts/view/lanes'
import { actionOf } from '@/lib/contexts/view/names'
import { SCALES, timeScale, type ScaleKind } from '@/lib/contexts/view/time-scale'
import { COLUMN, columnRange, lowerBound, nearestRequest, panned, placesOf, timelineMarks, type TimelineView } from '@/lib/contexts/view/timeline-marks'
import { formatDuration } from '@/components/format/duration'
import { plural } from '@/components/format/number'
import { visibleText } from '@/components/format/visible'
import { useWidth } from '@/components/charts/use-width'
import { VerbMark } from '@/components/charts/verbs-plot'
import { useKey } from '@/components/keys/use-key'
import { RoleMark } from '@/components/playground/role-mark'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import type { Shown } from './context-view'
import { drawTimeline, FOOT, LANE, LEFT, readInk, RIGHT, TOP, type TimelineInk } from './draw-timeline'
import { Overview } from './overview'
import { afterText, requestText } from './request-words'
import { useTimelineView } from './use-timeline-view'

const MOST_LANES = 16
const REACH = 9
const FIRST_WIDTH = 720
const MOST_TOLD = 50
const SCALE_NAMES: Readonly<Record<ScaleKind, string>> = { log: 'log', linear: 'linear', folded: 'gaps folded' }

interface Hover { readonly x: number; readonly y: number; readonly text: string; readonly request: number }

/** Requests by actor over time on a canvas: wheel, drag and keys pan and zoom, a click chooses. */
export function Timeline({ picture, chosen, choose, state, change }: Shown) {
  const [box, width] = useWidth<HTMLDivElement>(FIRST_WIDTH)
  const lanes = useMemo(() => lanesOf(picture, MOST_LANES), [picture])
  const times = useMemo(() => timesOf(picture), [picture])
  const scale = useMemo(() => timeScale(state.scale, times), [state.scale, times])
  const places = useMemo(() => placesOf(lanes, scale), [lanes, scale])
  const verbs = useMemo(() => Uint8Array.from({ length: picture.requests }, (_, request) => verbPlace(picture.text('verb', request))), [picture])
  const { view: zoom, set, zoomBy, panBy, fit } = useTimelineView(scale, state.zoom, change)
  const view = useMemo((): TimelineView => ({ ...zoom, width: Math.max(80, width - LEFT - RIGHT) }), [zoom, width])
  const [hover, setHover] = useState<Hover | null>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const height = TOP + lanes.length * LANE + FOOT
  const marks = useMemo(() => timelineMarks(lanes, places, view, (request) => verbs[request] ?? 7), [lanes, places, view, verbs])
  const ink = useInk(box)
  useLayoutEffect(() => {
    const [element, context] = [canvas.current, canvas.current?.getContext('2d')]
    if (!element || !context || !ink) return
    const ratio = window.devicePixelRatio || 1
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)]
    if (element.width !== w || element.height !== h) { element.width = w; element.height = h }
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    drawTimeline(context, { picture, lanes, scale, view, marks, chosen, hovered: hover?.request ?? -1, ink })
  }, [picture, lanes, scale, view, marks, chosen, hover, ink, width, height])
  useKey('+', 'Zoom in', 'Timeline', () => zoomBy(0.6))
  useKey('=', 'Zoom in', 'Timeline', () => zoomBy(0.6))
  useKey('-', 'Zoom out', 'Timeline', () => zoomBy(1 / 0.6))
  useKey('0', 'Show all', 'Timeline', fit)
  useKey('shift+ArrowLeft', 'Pan left', 'Timeline', () => panBy(-0.2))
  useKey('shift+ArrowRight', 'Pan right', 'Timeline', () => panBy(0.2))
  useWheel(canvas, (about, factor, pan) => {
    if (pan !== 0) set((now) => panned(now, (pan / view.width) * (now.to - now.from)))
    else zoomBy(factor, view.from + ((about - LEFT) / view.width) * (view.to - view.from))
  })
  const at = (event: { clientX: number; clientY: number }): { x: number; lane: number } => {
    const rect = canvas.current?.getBoundingClientRect()
    return { x: event.clientX - (rect?.left ?? 0) - LEFT, lane: Math.floor((event.clientY - (rect?.top ?? 0) - TOP) / LANE) }
  }
  const hit = (x: number, lane: number): { request: number; count: number; byVerb: string } => hitLane(lanes[lane], places[lane], view, x, (request) => verbs[request] ?? 7)
  const drag = useDrag((dx) => set((now) => panned(now, (-dx / view.width) * (now.to - now.from))), (from, to) => set((now) => {
    const place = (x: number): number => now.from + (Math.max(0, Math.min(view.width, x)) / view.width) * (now.to - now.from)
    return panned({ from: place(Math.min(from, to)), to: Math.max(place(Math.max(from, to)), place(Math.min(from, to)) + 1e-7) }, 0)
  }))
  const last = times.at(-1) ?? 0
  return (
    <section aria-labelledby="timeline-head">
      <div className="mb-1 flex flex-wrap items-center gap-2">
        <h2 id="timeline-head" className="text-12 text-dim">By actor, time since the trigger</h2>
        <div role="group" aria-label="Scale of time" className="flex gap-1">{SCALES.map((kind) => <Button key={kind} size="sm" tone="quiet" className={`h-6 px-1.5 ${state.scale === kind ? 'bg-accent-bg text-ink' : ''}`} aria-pressed={state.scale === kind} onClick={() => change((now) => ({ ...now, scale: kind }))}>{SCALE_NAMES[kind]}</Button>)}</div>
        <span className="flex-1" />
        <span className="text-12 text-dim" role="status">{state.zoom === null ? `all ${formatDuration((last - (times[0] ?? 0)) / 1000)}` : `${formatDuration(Math.max(0, scale.time(zoom.to) - scale.time(zoom.from)) / 1000)} of ${formatDuration((last - (times[0] ?? 0)) / 1000)}`}</span>
        <Button size="sm" tone="quiet" className="h-6 px-1.5" onClick={() => zoomBy(0.6)}><span className="sr-only">Zoom in</span><Kbd>+</Kbd></Button>
        <Button size="sm" tone="quiet" className="h-6 px-1.5" onClick={() => zoomBy(1 / 0.6)}><span className="sr-only">Zoom out</span><Kbd>-</Kbd></Button>
        <Button size="sm" tone="quiet" className="h-6 px-1.5" onClick={fit}><span className="sr-only">Show all</span><Kbd>0</Kbd></Button>
      </div>
      <div ref={box} className="relative">
        <canvas
          ref={canvas} aria-hidden style={{ width: '100%', height, cursor: hover && hover.request >= 0 ? 'pointer' : 'grab', touchAction: 'pan-y' }} data-marks={marks.marks.length / 3 + marks.bars.length / 5}
          onPointerDown={(event) => { if (event.button === 0) drag.begin(at(event).x, event.shiftKey) }}
          onPointerUp={() => drag.end()}
          onPointerCancel={() => drag.end()}
          onPointerMove={(event) => {
            if (drag.move(event, at(event).x)) { setHover(null); return }
            const { x, lane } = at(event)
            const found = hit(x, lane)
            setHover(found.request < 0 ? null : { x: x + LEFT, y: TOP + (lane + 1) * LANE, request: found.count === 1 ? found.request : -1, text: found.count === 1 ? `${afterText(picture, found.request)}  ${requestText(picture, found.request)}` : `${plural(found.count, 'event')}: ${found.byVerb}; first ${visibleText(actionOf(picture, found.request), 80)}` })
          }}
          onPointerLeave={() => setHover(null)}
          onClick={(event) => { if (drag.moved()) return; const { x, lane } = at(event); const { request } = hit(x, lane); if (request >= 0) choose(request) }}
          onDoubleClick={(event) => { const { x } = at(event); zoomBy(0.25, view.from + (x / view.width) * (view.to - view.from)) }}
        />
        {drag.brush ? <div aria-hidden className="pointer-events-none absolute bg-accent/15 outline-1 outline-accent" style={{ left: LEFT + Math.min(drag.brush.from, drag.brush.to), width: Math.abs(drag.brush.to - drag.brush.from), top: TOP, height: height - TOP - FOOT }} /> : null}
        {hover ? <div aria-hidden className="pointer-events-none absolute z-20 max-w-96 rounded-md border border-line bg-raised px-2 py-1 text-12 shadow-md" style={{ left: Math.min(hover.x + 8, Math.max(0, width - 320)), top: hover.y + 4 }}>{hover.text}</div> : null}
      </div>
      {picture.requests > 1 ? <Overview places={places} zoom={zoom} set={set} left={LEFT} right={RIGHT} /> : null}
      <Legend picture={picture} present={verbs} />
      <TextTimeline lanes={lanes} picture={picture} />
    </section>
  )
}

function hitLane(lane: Lane | undefined, places: Float64Array | undefined, view: TimelineView, x: number, verbOf: (request: number) => number): { request: number; count: number; byVerb: string } {
  if (!lane || !places || x < -REACH || x > view.width + REACH) return { request: -1, count: 0, byVerb: '' }
  const inView = lowerBound(places, view.to + 1e-12) - lowerBound(places, view.from)
  if (inView <= Math.ceil(view.width / COLUMN)) return { request: nearestRequest(lane, places, view, x, REACH), count: 1, byVerb: '' }
  const { begin, end } = columnRange(places, view, x)
  if (end <= begin) return { request: -1, count: 0, byVerb: '' }
  const counts = LANE_VERBS.map(() => 0)
  for (let i = begin; i < end; i++) { const verb = verbOf(lane.requests[i] ?? -1); counts[verb] = (counts[verb] ?? 0) + 1 }
  return { request: lane.requests[begin] ?? -1, count: end - begin, byVerb: LANE_VERBS.flatMap((verb, i) => ((counts[i] ?? 0) > 0 ? [`${counts[i]?.toLocaleString('en')} ${verb}`] : [])).join(', ') }
}

/** The theme's colours, read again when the theme changes. */
function useInk(box: React.RefObject<HTMLDivElement | null>): TimelineInk | null {
  const [ink, setInk] = useState<TimelineInk | null>(null)
  useEffect(() => {
    const read = (): void => { if (box.current) setInk(readInk(box.current)) }
    read()
    const theme = new MutationObserver(read)
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    scheme.addEventListener('change', read)
    return () => { theme.disconnect(); scheme.removeEventListener('change', read) }
  }, [box])
  return ink
}

/** React's own wheel listeners cannot keep the page from scrolling. */
function useWheel(canvas: React.RefObject<HTMLCanvasElement | null>, run: (about: number, factor: number, pan: number) => void): void {
  const latest = useRef(run)
  useEffect(() => { latest.current = run })
  useEffect(() => {
    const element = canvas.current
    const listen = (event: WheelEvent): void => {
      event.preventDefault()
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : 0
      latest.current(event.clientX - (element?.getBoundingClientRect().left ?? 0), Math.exp(Math.max(-200, Math.min(200, event.deltaY)) * 0.002), sideways)
    }
    element?.addEventListener('wheel', listen, { passive: false })
    return () => element?.removeEventListener('wheel', listen)
  }, [canvas])
}

interface Dragging { x: number; last: number; brushing: boolean; moved: boolean }

/** A drag pans; with Shift it draws out what is to be seen. */
function useDrag(pan: (dx: number) => void, zoomTo: (from: number, to: number) => void) {
  const now = useRef<Dragging | null>(null)
  const was = useRef(false)
  const [brush, setBrush] = useState<{ from: number; to: number } | null>(null)
  const end = (): void => {
    const drag = now.current
    now.current = null
    was.current = drag?.moved ?? false
    if (drag?.brushing && Math.abs(drag.last - drag.x) > 4) zoomTo(drag.x, drag.last)
    setBrush(null)
  }
  return {
    brush,
    moved: () => was.current,
    move: (event: React.PointerEvent, x: number): boolean => {
      const drag = now.current
      if (!drag) return false
      if (Math.abs(x - drag.x) > 3 && !drag.moved) {
        drag.moved = true
        event.currentTarget.setPointerCapture(event.pointerId)
      }
      if (drag.brushing) setBrush({ from: drag.x, to: x })
      else if (drag.moved) pan(x - drag.last)
      drag.last = x
      return drag.moved
    },
    begin: (x: number, brushing: boolean): void => { now.current = { x, last: x, brushing, moved: false } },
    end,
  }
}

const Legend = memo(function Legend({ picture, present }: { picture: Shown['picture']; present: Uint8Array }) {
  const verbs = LANE_VERBS.filter((_, place) => present.includes(place))
  return (
    <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-12 text-dim">
      {picture.trigger >= 0 ? <RoleMark role="trigger" verb={picture.text('verb', picture.trigger)} /> : null}<RoleMark role="consequence" verb={null} />
      {verbs.map((verb) => <span key={verb} className="inline-flex items-center gap-1.5"><VerbMark verb={verb} />{verb}</span>)}
      <span>hollow: uncertain · tick above: refused</span>
    </p>
  )
})

/** The timeline in words, for those who cannot see it. */
const TextTimeline = memo(function TextTimeline({ lanes, picture }: { lanes: readonly Lane[]; picture: Shown['picture'] }) {
  return (
    <ul className="sr-only" aria-label="Timeline by actor">
      {lanes.map((lane) => (
        <li key={lane.actor}>{visibleText(lane.actor, 200)}: {plural(lane.requests.length, 'event')} from {formatDuration((lane.times[0] ?? 0) / 1000)} to {formatDuration((lane.times.at(-1) ?? 0) / 1000)} after the trigger
          <ul>{Array.from(lane.requests.slice(0, MOST_TOLD), (request) => <li key={request}>{afterText(picture, request)} {requestText(picture, request)}</li>)}{lane.requests.length > MOST_TOLD ? <li>and {(lane.requests.length - MOST_TOLD).toLocaleString('en')} more, under Events</li> : null}</ul>
        </li>
      ))}
    </ul>
  )
})
