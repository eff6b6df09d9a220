'use client'
import { useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react'
import type { SuggestionsAnswer } from '@/lib/labelling/types'
import { callApi } from '@/components/live/call-api'
import { useLiveMessage } from '@/components/live/use-live'
import { showFailure } from '@/components/ui/toast'
import type { LabelStore } from './label-store'

const POLL_MS = 1500

/** How far the suggestions are; their columns go to the store. */
export interface SuggestionsState {
  readonly answer: Omit<SuggestionsAnswer, 'columns'> | null
  /** Makes them anew, with a model where one is named. */
  readonly start: (model?: string) => void
}

/** Reads the suggestions, has them made where there are none, and asks again while they are made. Whatever is made later is taken over as it ends. A blind labelling sees none. */
export function useSuggestions(store: LabelStore): SuggestionsState {
  const [answer, setAnswer] = useState<SuggestionsState['answer']>(null)
  const [asked, setAsked] = useState(0)
  const blind = store.state().assignment !== null
  const base = `/api/datasets/${encodeURIComponent(store.state().log.dataset.id)}/labelling/suggestions`
  const hear = useEffectEvent(({ columns, ...rest }: SuggestionsAnswer) => {
    const known = store.state().suggestions?.columns.source.reconstruction
    if (columns && columns.source.reconstruction !== known) {
      store.dispatch({ type: 'suggestions', columns })
      if (known !== undefined) store.dispatch({ type: 'say', text: `New suggestions: ${columns.source.model ?? columns.source.method}.` })
    }
    setAnswer(rest)
  })
  // A network that has learnt from labels meanwhile, or suggestions that another person asked for.
  useLiveMessage('reconstruction', ({ dataset, state }) => {
    if (dataset === store.state().log.dataset.id && state === 'done') setAsked((count) => count + 1)
  })
  const start = useCallback((model?: string) => {
    callApi<SuggestionsAnswer>(base, { method: 'POST', body: model ? { model } : {} }).then(() => setAsked((count) => count + 1)).catch(showFailure)
  }, [base])
  useEffect(() => {
    if (blind) return undefined
    const stop = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = (): void => {
      // The columns are some megabytes: they come once.
      const have = store.state().suggestions?.columns.source.reconstruction
      callApi<SuggestionsAnswer>(have ? `${base}?have=${encodeURIComponent(have)}` : base, { signal: stop.signal }).then((found) => {
        hear(found)
        if (found.state === 'none') start()
        if (found.state === 'running') timer = setTimeout(ask, POLL_MS)
      }, () => {
        if (!stop.signal.aborted) timer = setTimeout(ask, POLL_MS * 2)
      })
    }
    timer = setTimeout(ask, asked === 0 ? 0 : POLL_MS / 5)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [store, base, blind, asked, start])
  return useMemo(() => ({ answer, start }), [answer, start])
}
