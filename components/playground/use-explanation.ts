'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError } from '@/components/live/call-api'
import { logStore } from './log-store'
import type { Explained } from './protocol'

interface Finding {
  /** Null until it was asked for, and for a line that no network labels. */
  readonly explained: Explained | null
  /** 0 to 1 while it is being found out. */
  readonly share: number | null
  readonly error: string | null
}
export interface Explanation extends Finding { ask(): void; stop(): void }

const NOTHING: Finding = { explained: null, share: null, error: null }

/** Why the network says what it says of one line; found out when asked, in the worker, and given up with the component. */
export function useExplanation(auditID: string): Explanation {
  const [found, setFound] = useState<Finding>(NOTHING)
  const running = useRef<AbortController | null>(null)
  const stop = useCallback(() => running.current?.abort(), [])
  useEffect(() => stop, [stop])
  const ask = useCallback(() => {
    running.current?.abort()
    const mine = new AbortController()
    running.current = mine
    const set = (next: Partial<Finding>): void => {
      if (running.current === mine) setFound({ ...NOTHING, ...next })
    }
    set({ share: 0 })
    logStore.client?.call('explain', { auditID }, { signal: mine.signal, progress: ({ done, total }) => set({ share: total ? done / total : 0 }) }).then(
      (explained) => set(explained ? { explained } : { error: 'The network gives this line no label: it is no request for an API object.' }),
      (error: Error) => set({ error: error instanceof ApiError && error.code === 'cancelled' ? null : error.message }),
    )
  }, [auditID])
  return { ...found, ask, stop }
}
