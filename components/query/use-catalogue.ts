'use client'
import { useCallback, useEffect, useState } from 'react'
import type { QueryCatalogue, SeenValue } from '@/lib/query'
import { callApi } from '@/components/live/call-api'
import type { LookUp } from '@/components/query-editor'

const MOST = 60

/** What the editor completes from: the fields of a log once it has been read, and its values as they are typed. */
export function useCatalogue(dataset: string | null, reconstruction: string | null, ready: boolean): { readonly catalogue: QueryCatalogue | null; readonly lookUp: LookUp } {
  const key = `${dataset} ${reconstruction}`
  const [known, setKnown] = useState<{ readonly key: string; readonly catalogue: QueryCatalogue } | null>(null)
  useEffect(() => {
    if (dataset === null || !ready) return undefined
    const stop = new AbortController()
    callApi<QueryCatalogue>(`/api/queries/completions?${logParams(dataset, reconstruction)}`, { signal: stop.signal }).then((catalogue) => setKnown({ key, catalogue }), () => {
      // The fields of the audit event are offered all the same.
    })
    return () => stop.abort()
  }, [dataset, reconstruction, key, ready])
  const lookUp = useCallback<LookUp>(async (path, part) => {
    if (dataset === null) return []
    const params = logParams(dataset, reconstruction)
    params.set('path', path)
    params.set('prefix', part.slice(0, 200))
    params.set('limit', String(MOST))
    return (await callApi<{ values: readonly SeenValue[] }>(`/api/queries/completions?${params}`)).values
  }, [dataset, reconstruction])
  return { catalogue: known?.key === key ? known.catalogue : null, lookUp }
}

export function logParams(dataset: string, reconstruction: string | null): URLSearchParams {
  return new URLSearchParams({ dataset, ...(reconstruction === null ? {} : { reconstruction }) })
}
