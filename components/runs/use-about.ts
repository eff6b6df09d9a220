'use client'
import { useCallback, useState } from 'react'
import { wordAt } from '@/components/columns/column'
import { callApi } from '@/components/live/call-api'
import { showFailure } from '@/components/ui/toast'
import type { Editable } from './grid-cells'
import type { RunTable } from './use-run-table'

const WRITTEN: Readonly<Record<Editable, string>> = { tags: 'The tags are written.', note: 'The note is written.' }

/** Writes tags and notes of runs where they stand; each change can be taken back. */
export function useAbout(runs: RunTable, refresh: (ids: readonly string[]) => void, done: (text: string, undo: () => Promise<void>) => void) {
  const [editing, setEditing] = useState<{ readonly id: string; readonly what: Editable } | null>(null)
  const edit = useCallback((id: string, what: Editable | null) => setEditing(what ? { id, what } : null), [])
  const save = useCallback((id: string, what: Editable, text: string) => {
    setEditing(null)
    const { table } = runs
    const before = wordAt(table.columns.get(what), table.ids.indexOf(id)) ?? ''
    if (text.trim() === before) return
    const write = async (value: string): Promise<void> => {
      await callApi(`/api/runs/${encodeURIComponent(id)}/about`, { method: 'PUT', body: what === 'tags' ? { tags: tagsOf(value) } : { note: value.trim() } })
      refresh([id])
    }
    write(text).then(() => done(WRITTEN[what], () => write(before)), showFailure)
  }, [runs, refresh, done])
  return { editing, edit, save }
}

export function tagsOf(text: string): string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()).filter(Boolean))]
}
