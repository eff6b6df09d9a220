'use client'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ContextPicture } from '@/lib/contexts/view/picture'
import type { LiveContextLine } from '@/lib/live/live-state'
import { ContextSkeleton } from '@/components/context-view/context-room'
import { ContextView } from '@/components/context-view/context-view'
import type { ContextActions, ContextSource } from '@/components/context-view/source'
import { viewCodec } from '@/components/context-view/view-state'
import { callApi } from '@/components/live/call-api'
import { useLiveMessage } from '@/components/live/use-live'
import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { showToast } from '@/components/ui/toast'
import { useAheadState } from '@/components/url/use-ahead-state'

/** One context that may still grow: it is read anew when it has changed. */
export function LiveContext({ context }: { context: string }) {
  const router = useRouter()
  const api = `/api/live/contexts/${context}`
  const [state, change] = useAheadState(viewCodec)
  const { picture, error } = useGrowing(api)
  const source = useMemo((): ContextSource => ({ line: (seq, signal) => callApi(`${api}/lines/${seq}`, { signal }) }), [api])
  if (error && !picture) return <div className="p-6"><Notice tone="bad" action={<ButtonLink href="/live" size="sm">Live</ButtonLink>}>{error}</Notice></div>
  if (!picture) return <ContextSkeleton />
  const actions: ContextActions = { step: (side) => { const id = picture.context[side]; if (id === null) showToast(`There is no ${side} context.`); else router.push(`/live/${id}`) } }
  return <ContextView picture={picture} state={state} change={change} source={source} actions={actions} crumb={<p className="mb-0.5 text-12 text-dim"><Link href="/live" className="hover:text-ink hover:underline">Live</Link> <span aria-hidden>/</span></p>} />
}

function useGrowing(api: string): { readonly picture: ContextPicture | null; readonly error: string | null } {
  const [found, setFound] = useState<{ picture: ContextPicture | null; error: string | null }>({ picture: null, error: null })
  const [seen, setSeen] = useState(0)
  const read = useCallback(() => {
    callApi<ContextPicture>(`${api}/picture`).then((picture) => setFound({ picture, error: null }), (error: unknown) => setFound((now) => ({ ...now, error: error instanceof Error ? error.message : String(error) })))
  }, [api])
  useEffect(read, [read])
  // Many contexts change; this one is drawn again only when it is among them.
  useLiveMessage('live', () => {
    callApi<LiveContextLine>(api).then(({ events }) => {
      if (events !== seen) read()
      setSeen(events)
    }).catch(() => undefined)
  })
  return found
}
