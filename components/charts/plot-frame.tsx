'use client'
import { Popover } from 'radix-ui'
import { createContext, use, useMemo, useRef, useState, type ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import type { PlotMark } from './plot-mark'
import { RunsList } from './runs-list'

interface Frame {
  /** The mark that the tip tells of; null for none. */
  readonly point: (mark: PlotMark | null) => void
  /** Opens the list of the runs behind a mark; the focus goes back to `from` when it is closed. */
  readonly open: (mark: PlotMark, from: SVGElement) => void
}

const FrameContext = createContext<Frame | null>(null)

/** The frame that a layer of marks lies in. */
export function usePlotFrame(): Frame {
  const frame = use(FrameContext)
  if (!frame) throw new Error('Marks need a PlotFrame about the chart.')
  return frame
}

/** A chart with what is said of the mark in view, and the list of the runs behind the one that was chosen. */
export function PlotFrame({ description, height, children }: { description: string; height: number; children: ReactNode }) {
  const [pointed, setPointed] = useState<PlotMark | null>(null)
  const [opened, setOpened] = useState<PlotMark | null>(null)
  const from = useRef<SVGElement>(null)
  const frame = useMemo((): Frame => ({
    point: setPointed,
    open: (mark, element) => {
      from.current = element
      setPointed(null)
      setOpened(mark)
    },
  }), [])
  return (
    <FrameContext value={frame}>
      <div role="group" aria-label={description} className="relative" style={{ height }}>
        {children}
        {pointed && !opened ? <Tip mark={pointed} /> : null}
        <Popover.Root open={opened !== null} onOpenChange={(open) => (open ? undefined : setOpened(null))}>
          <Popover.Anchor asChild><span aria-hidden className="pointer-events-none absolute size-0" style={{ left: opened?.x ?? 0, top: opened?.y ?? 0 }} /></Popover.Anchor>
          <Popover.Portal>
            {opened ? (
              <Popover.Content
                aria-label={`Runs of ${opened.title}`}
                sideOffset={10}
                collisionPadding={8}
                className="z-50 w-72 rounded-md border border-line bg-raised shadow-lg"
                onCloseAutoFocus={(event) => {
                  event.preventDefault()
                  from.current?.focus()
                }}
              >
                <RunsList title={opened.title} value={opened.value} runs={opened.runs} format={opened.format} />
              </Popover.Content>
            ) : null}
          </Popover.Portal>
        </Popover.Root>
      </div>
    </FrameContext>
  )
}

/** Exact value, and what a click does. It stands beside the mark, on the side that has room. */
function Tip({ mark }: { mark: PlotMark }) {
  const ref = useRef<HTMLDivElement>(null)
  const place = (element: HTMLDivElement | null): void => {
    ref.current = element
    const frame = element?.parentElement
    if (!element || !frame) return
    const left = mark.x + 14 + element.offsetWidth > frame.clientWidth ? mark.x - 14 - element.offsetWidth : mark.x + 14
    element.style.left = `${Math.max(4, left)}px`
    element.style.top = `${Math.max(4, Math.min(mark.y - element.offsetHeight / 2, frame.clientHeight - element.offsetHeight - 4))}px`
  }
  return (
    <div ref={place} className={cn('pointer-events-none absolute z-20 w-max max-w-64 rounded-md border border-line bg-raised px-2.5 py-2 text-12 shadow-md')}>
      <p className="text-dim">{mark.title}</p>
      <p className="text-13 font-semibold">{mark.value}</p>
      {mark.notes.map((note) => <p key={note}>{note}</p>)}
      {mark.runs.length > 0 ? <p className="mt-1 text-dim">{mark.runs.length === 1 ? `click or Enter: run ${mark.runs[0]?.number ?? ''}` : `click or Enter: its ${mark.runs.length} runs`}</p> : null}
    </div>
  )
}
