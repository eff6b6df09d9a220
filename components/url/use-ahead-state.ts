'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import type { UrlCodec } from './use-url-state'

/** The address follows once nobody types or clicks: browsers allow only so many changes of it, and each renders the page's frame anew. */
const PAUSE_MS = 300
/** By then the router has drawn what was written; what it never draws, as it was taken back at once, is forgotten. */
const UNSEEN_MS = 10_000

type Change<T> = (next: (now: T) => T, push?: boolean) => void

/** State that is in the address, a pause later: the page answers at once. What changes the address in another way, such as "back", wins. */
export function useAheadState<T>(codec: UrlCodec<T>, pauseMs = PAUSE_MS): readonly [T, Change<T>] {
  const path = usePathname()
  const inAddress = useSearchParams().toString()
  const [state, setState] = useState(() => codec.read(new URLSearchParams(inAddress)))
  const known = useRef(inAddress)
  const unseen = useRef<{ readonly query: string; readonly at: number }[]>([])
  const latest = useRef(state)
  const pending = useRef<(() => void) | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(() => () => clearTimeout(timer.current ?? undefined), [])
  const adopt = useCallback((query: string) => {
    known.current = query
    unseen.current = []
    clearTimeout(timer.current ?? undefined)
    pending.current = null
    latest.current = codec.read(new URLSearchParams(query))
    setState(latest.current)
  }, [codec])
  useEffect(() => {
    // Our own changes come back late, when we are further on; the router then even writes the old one into the address for a moment.
    const own = unseen.current.findIndex(({ query, at }) => query === inAddress && performance.now() - at < UNSEEN_MS)
    if (own >= 0) unseen.current = unseen.current.slice(own + 1)
    if (own >= 0 || inAddress === known.current || inAddress !== new URLSearchParams(window.location.search).toString()) return
    adopt(inAddress)
  }, [adopt, inAddress])
  useEffect(() => {
    // "Back" right after a change: the router has rendered neither address, so that it tells of no change.
    const back = (): void => {
      const query = new URLSearchParams(window.location.search).toString()
      if (window.location.pathname === path && query !== known.current) adopt(query)
    }
    window.addEventListener('popstate', back)
    return () => window.removeEventListener('popstate', back)
  }, [adopt, path])
  const change: Change<T> = useCallback((next, push = false) => {
    const before = latest.current
    latest.current = next(before)
    if (latest.current === before) return
    setState(latest.current)
    const write = (): void => {
      clearTimeout(timer.current ?? undefined)
      pending.current = null
      const query = codec.write(latest.current).toString()
      if (query !== known.current) unseen.current.push({ query, at: performance.now() })
      known.current = query
      const address = `${path}${query ? `?${query}` : ''}${window.location.hash}`
      if (push) window.history.pushState(null, '', address)
      else window.history.replaceState(null, '', address)
    }
    clearTimeout(timer.current ?? undefined)
    pending.current = write
    if (push || pauseMs === 0) write()
    else timer.current = setTimeout(write, pauseMs)
  }, [codec, path, pauseMs])
  useFlush(pending)
  return [state, change]
}

const FIELDS = 'input:not([type=checkbox]), textarea, select, [contenteditable]'

/** A click or key may lead to another page: what is still to be written is written before it, as afterwards it would call the reader back. */
function useFlush(pending: RefObject<(() => void) | null>): void {
  useEffect(() => {
    const flush = (event: Event): void => {
      if (event.type === 'click' || !(event.target instanceof Element && event.target.closest(FIELDS))) pending.current?.()
    }
    document.addEventListener('click', flush, true)
    document.addEventListener('keydown', flush, true)
    return () => {
      document.removeEventListener('click', flush, true)
      document.removeEventListener('keydown', flush, true)
    }
  }, [pending])
}
