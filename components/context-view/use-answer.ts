'use client'
import { useEffect, useState } from 'react'

export interface Answer<T> { readonly value: T | null; readonly error: string | null }

const PAUSE_MS = 60

/** What a question answers; `key` names it, null asks nothing. Held keys pass many questions: only the one that stays is asked. */
export function useAnswer<T>(key: string | null, ask: (signal: AbortSignal) => Promise<T>): Answer<T> {
  const [state, setState] = useState<Answer<T> & { readonly of: string | null }>({ of: null, value: null, error: null })
  useEffect(() => {
    if (key === null) return undefined
    const stop = new AbortController()
    const timer = setTimeout(() => {
      ask(stop.signal).then((value) => setState({ of: key, value, error: null }), (error: unknown) => {
        if (!stop.signal.aborted) setState({ of: key, value: null, error: error instanceof Error ? error.message : 'Reading failed. Try again.' })
      })
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
    // The key names the question whole.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key])
  return state.of === key ? state : { value: null, error: null }
}
