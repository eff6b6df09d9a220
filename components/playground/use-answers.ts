'use client'
import { useEffect, useState } from 'react'
import { ApiError } from '@/components/live/call-api'
import { showFailure } from '@/components/ui/toast'
import { logStore } from './log-store'
import type { ContextDetail, EventDetail, LoadedLog, LogLabelling, QueryAnswer } from './protocol'

/** The answer to the query; while it has an error the last answer stays. A newer query ends an older one. */
export function useQuery(query: string, of: LogLabelling): { answer: QueryAnswer | null; error: string | null } {
  const [state, setState] = useState<{ of: LogLabelling | null; answer: QueryAnswer | null; error: string | null }>({ of: null, answer: null, error: null })
  useEffect(() => {
    const stop = new AbortController()
    const current = (): boolean => !stop.signal.aborted
    logStore.client?.call('query', { text: query }, { signal: stop.signal }).then(
      (answer) => current() && setState({ of, answer, error: null }),
      (error: Error) => current() && setState((now) => ({ ...now, error: error.message })),
    )
    return () => stop.abort()
  }, [query, of])
  return state.of === of ? state : { answer: null, error: state.error }
}

interface Details { context: ContextDetail; event: EventDetail }

/** A context or an event out of the worker; read again when labels have changed. */
export function useDetail<K extends keyof Details>(kind: K, id: string | null, of: LoadedLog, labels: LogLabelling): Details[K] | null {
  const [state, setState] = useState<{ of: LoadedLog | null; labels: LogLabelling | null; detail: Details[K] | null }>({ of: null, labels: null, detail: null })
  useEffect(() => {
    if (id === null) return undefined
    const stop = new AbortController()
    const asked = kind === 'context' ? logStore.client?.call('context', { id }) : logStore.client?.call('event', { auditID: id })
    asked?.then(
      (answer) => !stop.signal.aborted && setState({ of, labels, detail: answer as Details[K] | null }),
      (error: unknown) => {
        if (!(error instanceof ApiError && error.code === 'cancelled')) showFailure(error)
      },
    )
    return () => stop.abort()
  }, [kind, id, of, labels])
  return id !== null && state.of === of ? state.detail : null
}
