'use client'
import { useCallback, useEffect, useState } from 'react'
import { callApi } from '@/components/live/call-api'

export interface Answer<T> {
  /** The newest answer, also to an earlier question while another is under way. */
  readonly value: T | null
  readonly error: string | null
  readonly busy: boolean
  readonly refresh: () => void
  readonly change: (edit: (now: T) => T) => void
}

/** What the server says at an address, asked anew when the address changes; null asks nothing. */
export function useAnswer<T>(path: string | null): Answer<T> {
  const [state, setState] = useState<{ readonly path: string | null; readonly round: number; readonly value: T | null; readonly error: string | null }>({ path: null, round: -1, value: null, error: null })
  const [round, setRound] = useState(0)
  useEffect(() => {
    if (path === null) return undefined
    const stop = new AbortController()
    callApi<T>(path, { signal: stop.signal }).then(
      (value) => setState({ path, round, value, error: null }),
      (error: unknown) => {
        if (!stop.signal.aborted) setState((now) => ({ path, round, value: now.value, error: error instanceof Error ? error.message : 'Asking the server failed.' }))
      },
    )
    return () => stop.abort()
  }, [path, round])
  const refresh = useCallback(() => setRound((now) => now + 1), [])
  const change = useCallback((edit: (now: T) => T) => setState((now) => (now.value === null ? now : { ...now, value: edit(now.value) })), [])
  return { value: state.value, error: state.path === path ? state.error : null, busy: path !== null && (state.path !== path || state.round !== round), refresh, change }
}
