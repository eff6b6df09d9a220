'use client'
import { useEffect, useRef, useState } from 'react'
import { runsCodec, type RunsState } from './runs-state'

/** The address follows once nobody types: browsers allow only so many changes of it, and each renders the page anew. */
const PAUSE_MS = 300

/** The filter's text. It is ahead of the address by a pause; what changes the address in another way, such as "back", wins. */
export function useFilterText(inAddress: string, change: (next: (now: RunsState) => RunsState) => void): readonly [string, (q: string) => void] {
  const [q, setQ] = useState(inAddress)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(() => () => clearTimeout(timer.current ?? undefined), [])
  useEffect(() => {
    // Our own changes come back late, when the address may be further on.
    const now = runsCodec.read(new URLSearchParams(window.location.search)).q
    if (timer.current === null && inAddress === now) setQ(inAddress)
  }, [inAddress])
  const set = (text: string): void => {
    setQ(text)
    clearTimeout(timer.current ?? undefined)
    timer.current = setTimeout(() => {
      timer.current = null
      change((now) => ({ ...now, q: text }))
    }, PAUSE_MS)
  }
  return [q, set]
}
