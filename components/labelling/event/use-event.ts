'use client'
import { useEffect, useState } from 'react'
import type { AuditEvent } from '@/lib/audit/event'
import { callApi } from '@/components/live/call-api'

/** Events read lately; going back and forth does not ask again. */
const KEPT = 60
const kept = new Map<string, AuditEvent>()
/** Held keys pass many lines: only the one that stays is read. */
const REST_MS = 150

async function readEvent(dataset: string, seq: number, signal: AbortSignal): Promise<AuditEvent> {
  const key = `${dataset} ${seq}`
  const known = kept.get(key)
  if (known) return known
  const event = await callApi<AuditEvent>(`/api/answers/event?dataset=${encodeURIComponent(dataset)}&seq=${seq}`, { signal })
  kept.set(key, event)
  const oldest = kept.keys().next().value
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
  return event
}

/** Whole events by their places in the stored log, once the reader rests on them; null while they are read. */
export function useEvents(dataset: string, seqs: readonly number[]): { events: readonly AuditEvent[] | null; error: string | null } {
  const of = `${dataset} ${seqs.join(' ')}`
  const [state, setState] = useState<{ of: string; events: readonly AuditEvent[] | null; error: string | null }>({ of: '', events: null, error: null })
  useEffect(() => {
    const stop = new AbortController()
    const known = seqs.flatMap((seq) => kept.get(`${dataset} ${seq}`) ?? [])
    const timer = setTimeout(() => {
      Promise.all(seqs.map((seq) => readEvent(dataset, seq, stop.signal))).then(
        (events) => setState({ of, events, error: null }),
        (error: unknown) => {
          if (!stop.signal.aborted) setState({ of, events: null, error: error instanceof Error ? error.message : 'Reading the event failed.' })
        },
      )
    }, known.length === seqs.length ? 0 : REST_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
    // The numbers are told by `of`; the list is made anew with every drawing.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [dataset, of])
  return state.of === of ? state : { events: null, error: null }
}
