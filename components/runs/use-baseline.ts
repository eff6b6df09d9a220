'use client'
import { useCallback } from 'react'
import { numberAt, wordAt, type Column } from '@/components/columns/column'
import { showFailure } from '@/components/ui/toast'
import { sendAction } from './run-actions'
import type { RunTable } from './use-run-table'

interface Baseline {
  /** Row of the baseline whose differences are shown; -1 for none. */
  readonly row: number
  readonly known: { readonly id: string; readonly name: string } | null
  readonly pin: (id: string) => void
}

/** The run that figures are compared with: the address's, else the one that was pinned last. */
export function useBaseline(runs: RunTable, base: string | null, refresh: (ids: readonly string[]) => void, done: (text: string, undo: () => Promise<void>) => void): Baseline {
  const { table } = runs
  const pinnedRow = firstPinned(table.columns.get('pinned'))
  const asked = base && base !== 'none' ? table.ids.indexOf(base) : -1
  const row = asked >= 0 ? asked : pinnedRow
  const id = table.ids[row]
  const pin = useCallback((next: string) => {
    const pinned = table.columns.get('pinned')
    const rows = table.ids.map((_, place) => place).filter((place) => wordAt(pinned, place))
    const before = rows.map((place) => table.ids[place] ?? '')
    const isPinned = before.includes(next)
    const set = async (now: readonly string[], wanted: readonly string[]): Promise<void> => {
      // One baseline at a time.
      for (const other of now) if (!wanted.includes(other)) await sendAction(other, 'unpin')
      for (const other of wanted) if (!now.includes(other)) await sendAction(other, 'pin')
      refresh([...now, ...wanted])
    }
    const after = isPinned ? before.filter((other) => other !== next) : [next]
    const number = numberAt(table.columns.get('number'), table.ids.indexOf(next))
    set(before, after).then(() => done(isPinned ? `Run ${number} is no longer the baseline.` : `Run ${number} is the baseline.`, () => set(after, before)), showFailure)
  }, [table, refresh, done])
  return { row: base === 'none' ? -1 : row, known: id === undefined ? null : { id, name: `#${numberAt(table.columns.get('number'), row)}` }, pin }
}

function firstPinned(pinned: Column | undefined): number {
  return pinned?.kind === 'word' ? pinned.codes.findIndex((code) => code >= 0) : -1
}
