'use client'
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { LabellingLog } from '@/lib/labelling/types'
import { callApi } from '@/components/live/call-api'
import { useLiveMessage } from '@/components/live/use-live'
import type { LabelsAnswer } from '../state/action'
import { beginState, type BeginOptions } from '../state/begin'
import type { LabelState } from '../state/model'
import { LabelStore, type SaveState } from './label-store'

/** Reads a data set's log and labels and makes the page's store of them; null until they are there. */
export function useLabelStore(dataset: string, options: Omit<BeginOptions, 'sample'>): { store: LabelStore | null; error: string | null } {
  const [result, setResult] = useState<{ of: string; store: LabelStore | null; error: string | null }>({ of: '', store: null, error: null })
  const { assignment } = options
  const of = `${dataset} ${assignment ?? ''}`
  useEffect(() => {
    const stop = new AbortController()
    const base = `/api/datasets/${encodeURIComponent(dataset)}/labelling`
    const query = new URLSearchParams({ since: '0', ...(assignment ? { assignment } : {}) })
    const ask = <T,>(path: string): Promise<T> => callApi<T>(`${base}/${path}`, { signal: stop.signal })
    Promise.all([ask<LabellingLog>('log'), ask<LabelsAnswer>(`labels?${query.toString()}`), assignment ? callApi<{ auditIDs: readonly string[] }>(`/api/datasets/${encodeURIComponent(dataset)}/assignments?assignment=${encodeURIComponent(assignment)}`, { signal: stop.signal }) : null]).then(
      ([log, answer, given]) => stop.signal.aborted || setResult({ of, store: new LabelStore(beginState(log, answer, { ...options, sample: given?.auditIDs ?? null }), window.localStorage), error: null }),
      (error: unknown) => {
        if (!stop.signal.aborted) setResult({ of, store: null, error: error instanceof Error ? error.message : 'Reading the log failed.' })
      },
    )
    return () => stop.abort()
    // The filter and the line of the address count when the page begins; later they are changed through the store.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [dataset, assignment, of])
  return result.of === of ? result : { store: null, error: null }
}

export function useLabelState(store: LabelStore): LabelState {
  return useSyncExternalStore(store.subscribe, store.state, store.state)
}

export function useSaveState(store: LabelStore): SaveState {
  return useSyncExternalStore(store.subscribe, store.saving, store.saving)
}

/** Hears of others' changes, and makes good what was missed while the connection was down. */
export function useOthersChanges(store: LabelStore): void {
  const { dataset } = store.state().log
  useLiveMessage('labels', (message) => {
    if (message.dataset === dataset.id && message.newest > store.state().newest) void store.refresh()
  })
  useLiveMessage('snapshot', () => {
    store.retry()
    void store.refresh()
  })
}
