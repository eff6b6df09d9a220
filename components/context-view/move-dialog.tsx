'use client'
import { useMemo, useState } from 'react'
import type { WireTable } from '@/components/columns/wire'
import { LogText } from '@/components/format/log-text'
import { callApi } from '@/components/live/call-api'
import { Dialog } from '@/components/ui/dialog'
import { Input } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { useAnswer } from './use-answer'

const SHOWN = 40

interface Candidate { readonly id: string; readonly text: string; readonly distance: number }

/** Chooses the context that requests are moved to: the nearest in time first, found by any of its words. */
export function MoveDialog({ reconstruction, own, count, near, onMove, onClose }: { reconstruction: string; own: string; count: number; near: number | null; onMove: (to: string) => void; onClose: () => void }) {
  const [q, setQ] = useState('')
  const { value, error } = useAnswer(reconstruction, (signal) => callApi<WireTable>(`/api/reconstructions/${reconstruction}/contexts`, { signal }))
  const candidates = useMemo(() => (value ? candidatesOf(value, own, near) : []), [value, own, near])
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const found = candidates.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)))
  return (
    <Dialog open onOpenChange={(open) => { if (!open) onClose() }} title={count === 1 ? 'Move this event to another context' : `Move ${count} events to another context`} description="The nearest in time come first. The move can be undone.">
      <Input aria-label="Find a context" placeholder="user, verb, object" value={q} onChange={(event) => setQ(event.target.value)} onKeyDown={(event) => { const [first] = found; if (event.key === 'Enter' && first) onMove(first.id) }} />
      {error ? <Notice tone="bad" className="mt-2">{error}</Notice> : null}
      <ul aria-label="Contexts" className="mt-2 max-h-80 overflow-y-auto">
        {found.slice(0, SHOWN).map(({ id, text }) => <li key={id}><button type="button" onClick={() => onMove(id)} className="w-full rounded-sm px-2 py-1 text-left hover:bg-hover focus-visible:-outline-offset-2"><LogText text={text} limit={200} /></button></li>)}
        {value && found.length === 0 ? <li className="px-2 py-1 text-dim">No context matches.</li> : null}
      </ul>
    </Dialog>
  )
}

function candidatesOf(wire: WireTable, own: string, near: number | null): Candidate[] {
  const words = (key: string): ((row: number) => string) => {
    const column = wire.columns.find((one) => one.key === key)
    return (row) => (column && 'words' in column ? (column.words[column.codes[row] ?? -1] ?? '') : '')
  }
  const times = wire.columns.find((one) => one.key === 'time')
  const parts = ['user', 'verb', 'resource', 'namespace', 'name'].map(words)
  return wire.ids.flatMap((id, row): Candidate[] => {
    if (id === own) return []
    const at = times && 'numbers' in times ? (times.numbers[row] ?? null) : null
    return [{ id, text: parts.map((read) => read(row)).filter((part) => part !== '').join(' '), distance: at === null || near === null ? Infinity : Math.abs(at - near) }]
  }).sort((a, b) => a.distance - b.distance || 0)
}
