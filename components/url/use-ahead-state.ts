'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { UrlCodec } from './use-url-state'

/** The address follows once nobody types or clicks: browsers allow only so many changes of it, and each renders the page's frame anew. */
const PAUSE_MS = 300

type Change<T> = (next: (now: T) => T, push?: boolean) => void

/** State that is in the address, a pause later: the page answers at once. What changes the address in another way, such as "back", wins. */
export function useAheadState<T>(codec: UrlCodec<T>): readonly [T, Change<T>] {
  const path = usePathname()
  const inAddress = useSearchParams().toString()
  const [state, setState] = useState(() => codec.read(new URLSearchParams(inAddress)))
  const known = useRef(inAddress)
  const latest = useRef(state)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(() => () => clearTimeout(timer.current ?? undefined), [])
  useEffect(() => {
    // Our own changes come back late, when the address may be further on.
    if (inAddress === known.current || inAddress !== new URLSearchParams(window.location.search).toString()) return
    known.current = inAddress
    clearTimeout(timer.current ?? undefined)
    timer.current = null
    latest.current = codec.read(new URLSearchParams(inAddress))
    setState(latest.current)
  }, [codec, inAddress])
  const change: Change<T> = useCallback((next, push = false) => {
    const before = latest.current
    latest.current = next(before)
    if (latest.current === before) return
    setState(latest.current)
    const write = (): void => {
      timer.current = null
      const query = codec.write(latest.current).toString()
      known.current = query
      const address = `${path}${query ? `?${query}` : ''}${window.location.hash}`
      if (push) window.history.pushState(null, '', address)
      else window.history.replaceState(null, '', address)
    }
    clearTimeout(timer.current ?? undefined)
    if (push) write()
    else timer.current = setTimeout(write, PAUSE_MS)
  }, [codec, path])
  return [state, change]
}
