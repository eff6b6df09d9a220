'use client'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { EMPTY_TABLE, type ColumnTable } from '@/components/columns/column'
import { callApi } from '@/components/live/call-api'
import { useLiveMessage } from '@/components/live/use-live'
import { openContexts } from './context-columns'
import type { ContextsWire } from './contexts-wire'

export interface ContextsTable {
  readonly table: ColumnTable
  readonly revision: number
  readonly total: number
  readonly state: 'reading' | 'ready' | 'failed'
  readonly error: string | null
  readonly refresh: () => void
}

/** All contexts of a reconstruction; read anew when somebody has corrected some. */
export function useContexts(id: string): ContextsTable {
  const [wire, setWire] = useState<ContextsWire | null>(null)
  const [error, setError] = useState<string | null>(null)
  const asked = useRef(0)
  const refresh = useCallback(() => {
    const mine = ++asked.current
    callApi<ContextsWire>(`/api/reconstructions/${id}/contexts`).then((read) => {
      if (mine !== asked.current) return
      setWire((now) => (now?.revision === read.revision && now.ids.length === read.ids.length ? now : read))
      setError(null)
    }, (failure: unknown) => setError(failure instanceof Error ? failure.message : 'The contexts could not be read. Try again.'))
  }, [id])
  useEffect(refresh, [refresh])
  useLiveMessage('reconstruction', (message) => {
    if (message.id === id) refresh()
  })
  const table = useMemo(() => (wire ? openContexts(wire) : EMPTY_TABLE), [wire])
  return { table, revision: wire?.revision ?? 0, total: wire?.total ?? 0, state: wire ? 'ready' : error === null ? 'reading' : 'failed', error, refresh }
}
