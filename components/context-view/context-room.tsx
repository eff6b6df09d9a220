'use client'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { CorrectionAct, CorrectionAnswer } from '@/lib/contexts/corrections/types'
import type { ContextPicture } from '@/lib/contexts/view/picture'
import type { ObjectKey } from '@/lib/contexts/view/revisions'
import { LogText } from '@/components/format/log-text'
import { callApi } from '@/components/live/call-api'
import { orderKey } from '@/components/contexts/list-order'
import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { showToast } from '@/components/ui/toast'
import { useAheadState } from '@/components/url/use-ahead-state'
import { ContextView } from './context-view'
import { MoveDialog } from './move-dialog'
import type { ContextActions, ContextSource } from './source'
import { useCorrections } from './use-corrections'
import { FIRST_STATE, viewCodec } from './view-state'

/** The page of one stored context: reads it, shows it, and carries out what is done to it. */
export function ContextRoom({ reconstruction, context, name }: { reconstruction: string; context: string; name: string }) {
  const api = `/api/reconstructions/${reconstruction}`
  const router = useRouter()
  const [state, change] = useAheadState(viewCodec)
  const { picture, revision, error, reload } = usePicture(`${api}/contexts/${context}/picture`)
  const [moving, setMoving] = useState<readonly string[] | null>(null)
  const seen = useRef(0)
  useEffect(() => { seen.current = revision }, [revision])
  const go = useCallback((id: string) => router.push(`/contexts/${reconstruction}/${id}`), [router, reconstruction])
  const done = useCallback((answer: CorrectionAnswer, act: CorrectionAct | 'undo') => {
    seen.current = answer.revision
    const there = answer.made ?? (answer.gone.includes(context) ? (answer.contexts[0] ?? null) : null)
    if (there !== null && there !== context && act !== 'undo') go(there)
    else if (answer.gone.includes(context)) router.push(`/contexts/${reconstruction}`)
    else reload()
  }, [context, go, reload, router, reconstruction])
  const correct = useCorrections(reconstruction, useCallback(() => seen.current, []), done)
  const source = useMemo((): ContextSource => ({
    line: (seq, signal) => callApi(`${api}/lines/${seq}`, { signal }),
    revisions: ({ resource, namespace, name: called }: ObjectKey, signal) => callApi(`${api}/contexts/${context}/revisions?${new URLSearchParams({ resource, ...(namespace === null ? {} : { namespace }), name: called })}`, { signal }),
  }), [api, context])
  if (error) return <div className="p-6"><Notice tone="bad" action={<ButtonLink href={`/contexts/${reconstruction}`} size="sm">All contexts</ButtonLink>}>{error}</Notice></div>
  if (!picture) return <ContextSkeleton />
  const neighbour = (side: 'previous' | 'next'): string | null => beside(reconstruction, context, side) ?? picture.context[side]
  const actions: ContextActions = {
    step: (side) => { const id = neighbour(side); if (id === null) showToast(`There is no ${side} context.`); else router.push(`/contexts/${reconstruction}/${id}${state.tab === FIRST_STATE.tab ? '' : `?tab=${state.tab}`}`) },
    split: (requests, trigger) => correct({ kind: 'split', requests, trigger }, `${count(requests)} split off into a context of ${requests.length === 1 ? 'its' : 'their'} own.`),
    background: (requests) => correct({ kind: 'background', requests }, `${count(requests)} marked as background.`),
    merge: (side) => { const id = picture.context[side]; if (id !== null) correct({ kind: 'merge', contexts: [context, id], into: side === 'previous' ? id : context }, `Merged with the ${side} context.`) },
    confirm: () => correct({ kind: 'confirm', contexts: [context] }, 'Confirmed as right.'),
    move: setMoving,
    download: (format) => { const link = document.createElement('a'); link.href = `${api}/contexts/${context}/download?format=${format}`; link.download = ''; link.click() },
  }
  const move = (to: string): void => {
    if (moving) correct({ kind: 'move', requests: moving, to }, `${count(moving)} moved to another context.`)
    setMoving(null)
    change((now) => ({ ...now, event: null }))
  }
  return (
    <>
      <ContextView picture={picture} state={state} change={change} source={source} actions={actions} crumb={<p className="mb-0.5 text-12 text-dim"><Link href="/contexts" className="hover:text-ink hover:underline">Contexts</Link> <span aria-hidden>/</span> <Link href={`/contexts/${reconstruction}`} className="hover:text-ink hover:underline"><LogText text={name} limit={80} /></Link> <span aria-hidden>/</span></p>} />
      {moving ? <MoveDialog reconstruction={reconstruction} own={context} count={moving.length} near={picture.base / 1000} onMove={move} onClose={() => setMoving(null)} /> : null}
    </>
  )
}

const count = (requests: readonly string[]): string => (requests.length === 1 ? 'The event was' : `${requests.length.toLocaleString('en')} events were`)

/** The neighbour in the list that the reader came from; null where there was none. */
function beside(reconstruction: string, context: string, side: 'previous' | 'next'): string | null {
  try {
    const ids: unknown = JSON.parse(sessionStorage.getItem(orderKey(reconstruction)) ?? '[]')
    const at = Array.isArray(ids) ? ids.indexOf(context) : -1
    const id: unknown = at < 0 ? null : (ids as unknown[])[at + (side === 'next' ? 1 : -1)]
    return typeof id === 'string' ? id : null
  } catch {
    return null
  }
}

function usePicture(address: string): { picture: ContextPicture | null; revision: number; error: string | null; reload: () => void } {
  const [state, setState] = useState<{ picture: ContextPicture | null; revision: number; error: string | null }>({ picture: null, revision: 0, error: null })
  const last = useRef<AbortController | null>(null)
  const reload = useCallback(() => {
    last.current?.abort()
    const stop = new AbortController()
    last.current = stop
    const read = async (): Promise<void> => {
      const response = await fetch(address, { signal: stop.signal })
      const value = (await response.json()) as ContextPicture | { error: { message: string } }
      if ('error' in value) throw new Error(value.error.message)
      setState({ picture: value, revision: Number(response.headers.get('x-revision') ?? 0), error: null })
    }
    read().catch((error: unknown) => { if (!stop.signal.aborted) setState({ picture: null, revision: 0, error: error instanceof Error ? error.message : 'The context could not be read. Reload the page.' }) })
  }, [address])
  useEffect(() => {
    reload()
    return () => last.current?.abort()
  }, [reload])
  return { ...state, reload }
}

export function ContextSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="grid lg:h-[calc(100dvh-3rem)] lg:grid-cols-[minmax(0,1fr)_21rem]">
      <div className="px-4 pt-4 lg:px-6"><div className="skeleton mb-2 h-4 w-40" /><div className="skeleton mb-2 h-7 w-[36rem] max-w-full" /><div className="skeleton mb-4 h-5 w-[28rem] max-w-full" /><div className="skeleton mb-4 h-7 w-72" /><div className="skeleton mb-4 h-56" /><div className="skeleton h-72" /></div>
      <div className="border-l border-line bg-panel p-4"><div className="skeleton h-60" /></div>
    </div>
  )
}
