'use client'
import { useRouter } from 'next/navigation'
import { useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import { usePlotFrame } from './plot-frame'
import { markText, neighbour, type Direction, type PlotMark } from './plot-mark'

/** A mark and what is drawn for it; `hit` is what the pointer takes hold of where that is to be larger. */
export interface DrawnMark extends PlotMark {
  readonly shape: ReactNode
  readonly hit?: ReactNode
}

/** Marks as one stop of the Tab key: arrows go from one to the next, Enter opens the run, or the list of runs, behind one. */
export function MarkLayer({ marks }: { marks: readonly DrawnMark[] }) {
  const frame = usePlotFrame()
  const router = useRouter()
  const [current, setCurrent] = useState<string | null>(null)
  const elements = useRef(new Map<string, SVGGElement>())
  const stop = marks.some((mark) => mark.key === current) ? current : (marks[0]?.key ?? null)
  const choose = (mark: DrawnMark, event: MouseEvent | KeyboardEvent): void => {
    const [only] = mark.runs
    if (!only) return
    if (mark.runs.length === 1) open(`/runs/${only.run}`, event, router.push)
    else {
      const element = elements.current.get(mark.key)
      if (element) frame.open(mark, element)
    }
  }
  const pressed = (mark: DrawnMark, event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') choose(mark, event)
    else if (event.key === 'Escape') frame.point(null)
    else if (/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(event.key)) {
      const next = event.key === 'Home' ? marks[0] : event.key === 'End' ? marks.at(-1) : neighbour(marks, mark, event.key as Direction)
      if (next) elements.current.get(next.key)?.focus()
    } else return
    event.preventDefault()
    // the page's own keys for the same arrows must not move something else besides
    event.stopPropagation()
  }
  return (
    <g>
      {marks.map((mark) => (
        <g
          key={mark.key}
          ref={(element) => {
            if (element) elements.current.set(mark.key, element)
            else elements.current.delete(mark.key)
          }}
          role={mark.runs.length > 0 ? 'button' : 'img'}
          aria-label={markText(mark)}
          tabIndex={mark.key === stop ? 0 : -1}
          className="outline-none [&:focus-visible>.focus-ring]:visible"
          style={mark.runs.length > 0 ? { cursor: 'pointer' } : undefined}
          onPointerEnter={() => frame.point(mark)}
          onPointerLeave={() => frame.point(null)}
          onFocus={(event) => {
            setCurrent(mark.key)
            if (event.currentTarget.matches(':focus-visible')) frame.point(mark)
          }}
          onBlur={() => frame.point(null)}
          onClick={(event) => choose(mark, event)}
          onKeyDown={(event) => pressed(mark, event)}
        >
          {mark.shape}
          <circle className="focus-ring" visibility="hidden" cx={mark.x} cy={mark.y} r={9} fill="none" stroke="var(--color-accent)" strokeWidth={2} />
          {mark.hit ?? <circle cx={mark.x} cy={mark.y} r={10} fill="transparent" />}
        </g>
      ))}
    </g>
  )
}

function open(href: string, event: MouseEvent | KeyboardEvent, push: (href: string) => void): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey) window.open(href, '_blank', 'noopener')
  else push(href)
}
