'use client'
import { useEffect } from 'react'
import { callApi } from '@/components/live/call-api'
import { showFailure } from '@/components/ui/toast'
import type { LabelStore } from './label-store'
import type { QueueAnswer } from '@/lib/labelling/queue/plan-queue'
import type { QueueMode } from '../address'

/** Has lines come in the order that the model learns most from, or those held back to measure with, while asked for. */
export function useQueue(store: LabelStore, mode: QueueMode | null): void {
  useEffect(() => {
    if (mode === null) {
      store.dispatch({ type: 'order', order: null })
      return undefined
    }
    const stop = new AbortController()
    const { log, assignment } = store.state()
    const query = new URLSearchParams({ order: 'uncertain', ...(assignment ? { assignment } : {}) })
    callApi<QueueAnswer>(`/api/datasets/${encodeURIComponent(log.dataset.id)}/labelling/queue?${query.toString()}`, { signal: stop.signal }).then(
      ({ order, holdBack }) => store.dispatch({ type: 'order', order: mode === 'sample' ? holdBack : order }),
      (error: unknown) => { if (!stop.signal.aborted) showFailure(error) },
    )
    return () => stop.abort()
  }, [store, mode])
}
