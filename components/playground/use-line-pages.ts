'use client'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { showFailure } from '@/components/ui/toast'
import { logStore } from './log-store'
import type { LogLabelling, LogLine, Shown } from './protocol'

const PAGE = 200

export interface LinePages {
  /** Null until the first page is there. */
  readonly total: number | null
  /** A line where its page is there; asking for one that is not brings it. */
  line(index: number): LogLine | undefined
  /** Asks for the pages of a range. */
  need(from: number, to: number): void
}

/** What the pages are of: a search over the log as it is labelled now. */
interface Search { readonly text: string; readonly show: Shown; readonly labels: LogLabelling }
interface Held { readonly of: Search | null; readonly total: number; readonly pages: ReadonlyMap<number, readonly LogLine[]> }

/** Lines of the log in the worker, brought page by page as they come into view. */
export function useLinePages(labels: LogLabelling, text: string, show: Shown): LinePages {
  const [held, setHeld] = useState<Held>({ of: null, total: 0, pages: new Map() })
  const asked = useRef<{ of: Search | null; pages: Set<number> }>({ of: null, pages: new Set() })
  const search = useMemo((): Search => ({ text, show, labels }), [text, show, labels])
  const ask = useCallback((page: number) => {
    if (asked.current.of !== search) asked.current = { of: search, pages: new Set() }
    if (asked.current.pages.has(page)) return
    asked.current.pages.add(page)
    logStore.client?.call('lines', { text: search.text, show: search.show, from: page * PAGE, to: (page + 1) * PAGE }).then(({ total, lines }) => {
      if (asked.current.of === search) setHeld((now) => ({ of: search, total, pages: new Map(now.of === search ? now.pages : []).set(page, lines) }))
    }, showFailure)
  }, [search])
  useEffect(() => ask(0), [ask])
  const current = held.of === search
  return {
    total: current ? held.total : null,
    line: (index) => (current ? held.pages.get(Math.floor(index / PAGE))?.[index % PAGE] : undefined),
    need: (from, to) => {
      for (let page = Math.floor(from / PAGE); page <= Math.floor(to / PAGE); page++) ask(page)
    },
  }
}
