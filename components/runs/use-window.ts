'use client'
import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react'

const OVERSCAN = 4
/** Drawn before the height is known, on the server too: a screen's worth. */
const FIRST_ROWS = 36

export interface RowWindow {
  readonly ref: RefObject<HTMLDivElement | null>
  readonly start: number
  readonly end: number
  /** As many as are ever drawn at once: places on the page are reused by it. */
  readonly slots: number
  readonly onScroll: () => void
  readonly reveal: (index: number) => void
}

/** Which of many rows of one height are in view. */
export function useWindow(count: number, rowHeight: number, head: number): RowWindow {
  const ref = useRef<HTMLDivElement>(null)
  const [first, setFirst] = useState(0)
  const [fit, setFit] = useState(FIRST_ROWS)
  const onScroll = useCallback(() => {
    const top = ref.current?.scrollTop ?? 0
    // By steps, so that not every pixel draws the table anew.
    setFirst(Math.max(0, Math.floor(top / rowHeight / OVERSCAN) * OVERSCAN - OVERSCAN))
  }, [rowHeight])
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return undefined
    const measure = (): void => setFit(Math.ceil(window.innerHeight / rowHeight))
    const observer = new ResizeObserver(measure)
    observer.observe(document.documentElement)
    return () => observer.disconnect()
  }, [rowHeight])
  const slots = fit + 2 * OVERSCAN
  const start = Math.min(first, Math.max(0, count - fit))
  const reveal = useCallback((index: number) => {
    const element = ref.current
    if (!element) return
    const [top, view] = [index * rowHeight, element.clientHeight - head]
    if (top < element.scrollTop) element.scrollTop = top
    else if (top + rowHeight > element.scrollTop + view) element.scrollTop = top + rowHeight - view
  }, [rowHeight, head])
  return { ref, start, end: Math.min(count, start + slots), slots, onScroll, reveal }
}
