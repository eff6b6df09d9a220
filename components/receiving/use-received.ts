'use client'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { LiveContextLine, LiveStatus, LiveUpdate } from '@/lib/live/live-state'
import { callApi } from '@/components/live/call-api'
import { useLiveMessage } from '@/components/live/use-live'

export interface Received {
  /** Null until it is known; false where nothing is received here. */
  readonly on: boolean | null
  readonly status: LiveStatus | null
  readonly contexts: readonly LiveContextLine[]
  readonly error: string | null
}

const EVERY_MS = 3000
const KEPT = 3000

/** How it stands with what is received: told by the server when something changes, and asked for now and then, as lag and silence come by themselves. */
export function useReceived(): Received {
  const [state, setState] = useState<Received>({ on: null, status: null, contexts: [], error: null })
  const known = useRef<{ run: string | null; version: number; lines: Map<string, LiveContextLine> }>({ run: null, version: 0, lines: new Map() })
  const asking = useRef(false)
  const ask = useCallback(() => {
    if (asking.current || document.hidden) return
    asking.current = true
    const { run, version } = known.current
    callApi<{ update: LiveUpdate | null }>(`/api/live?since=${version}${run === null ? '' : `&run=${run}`}`)
      .then(({ update }) => {
        if (update) known.current = merged(known.current.lines, update)
        setState((now) => ({ on: update !== null, status: update?.status ?? now.status, contexts: update && update.contexts.length > 0 ? newestFirst(known.current.lines) : now.contexts, error: null }))
      })
      .catch((error: unknown) => setState((now) => ({ ...now, error: error instanceof Error ? error.message : String(error) })))
      .finally(() => { asking.current = false })
  }, [])
  useEffect(() => {
    ask()
    const timer = setInterval(ask, EVERY_MS)
    return () => clearInterval(timer)
  }, [ask])
  useLiveMessage('live', ask)
  return state
}

function merged(before: ReadonlyMap<string, LiveContextLine>, { run, version, full, contexts }: LiveUpdate): { run: string; version: number; lines: Map<string, LiveContextLine> } {
  const lines = full ? new Map<string, LiveContextLine>() : new Map(before)
  for (const line of contexts) lines.set(line.id, line)
  return { run, version, lines }
}

function newestFirst(lines: ReadonlyMap<string, LiveContextLine>): LiveContextLine[] {
  return [...lines.values()].sort((a, b) => ((a.first ?? '') < (b.first ?? '') ? 1 : (a.first ?? '') > (b.first ?? '') ? -1 : a.id < b.id ? -1 : 1)).slice(0, KEPT)
}

/** What is shown while the reader holds it still: the same contexts in the same order, each as it stood. */
export function useHeld(received: Received, held: boolean): { readonly shown: Received; readonly newer: number } {
  const [kept, setKept] = useState<Received | null>(null)
  if (held && kept === null) setKept(received)
  if (!held && kept !== null) setKept(null)
  const newer = useMemo(() => {
    if (!kept) return 0
    const before = new Set(kept.contexts.map(({ id }) => id))
    return received.contexts.filter(({ id }) => !before.has(id)).length
  }, [kept, received.contexts])
  return { shown: kept ? { ...received, contexts: kept.contexts } : received, newer }
}
