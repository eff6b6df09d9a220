'use client'
import { useEffect, useMemo, useRef } from 'react'
import type { Column } from '@/components/columns/column'
import type { SortBy } from '@/components/columns/order'
import { moved } from './columns-dialog'
import type { HeadActions } from './grid-head'
import type { RunsState } from './runs-state'

/** What the heads of columns do: sort, move, hide, select all. */
export function useHeadActions(change: (next: (now: RunsState) => RunsState) => void, shownIds: () => readonly string[]): HeadActions {
  const latest = useRef(shownIds)
  useEffect(() => {
    latest.current = shownIds
  })
  return useMemo(() => ({
    sort: (column, mode) => change((now) => ({ ...now, sort: sorted(now.sort, column, mode) })),
    move: (key, by) => change((now) => ({ ...now, columns: moved(now.columns, now.columns.indexOf(key), by) })),
    hide: (key) => change((now) => (now.columns.length > 1 ? { ...now, columns: now.columns.filter((other) => other !== key) } : now)),
    selectAll: () => {
      const ids = latest.current()
      change((now) => ({ ...now, selected: now.selected.length >= ids.length ? [] : ids }))
    },
  }), [change])
}

/** Figures begin with the largest, words with the first. */
export function sorted(now: readonly SortBy[], column: Column, mode: 'only' | 'add'): readonly SortBy[] {
  const known = now.find(({ id }) => id === column.key)
  const next = { id: column.key, desc: known ? !known.desc : column.kind === 'number' }
  if (mode === 'only') return [next]
  return known ? now.map((one) => (one.id === column.key ? next : one)) : [...now, next]
}
