'use client'
import { useSearchParams } from 'next/navigation'
import { useEffect, useState } from 'react'
import { formatClock } from '@/components/format/instant'
import { LogText } from '@/components/format/log-text'
import { formatCount } from '@/components/format/number'
import { callApi } from '@/components/live/call-api'
import { RoleMark } from '@/components/playground/role-mark'
import { VerbMark } from '@/components/charts/verbs-plot'
import { Button } from '@/components/ui/button'
import { Input, Select } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { cn } from '@/components/ui/cn'
import { kindText, objectText, type EventLine } from './event-row'

const STEP = 50

/** Events in time order, a page at a time, narrowed by text and role. */
export function EventsPreview({ dataset, total }: { dataset: string; total: number }) {
  // A link may come with the event to look at.
  const given = useSearchParams().get('q')?.slice(0, 200) ?? ''
  const [q, setQ] = useState(given)
  const [role, setRole] = useState('')
  const [offset, setOffset] = useState(0)
  const { page, error } = useEvents(dataset, q, role, offset)
  const found = page?.total ?? total
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <Input aria-label="Find events" className="max-w-72" placeholder="user, resource, name, namespace, audit id" value={q} onChange={(event) => { setQ(event.target.value); setOffset(0) }} />
        <Select aria-label="Role" value={role} onChange={(event) => { setRole(event.target.value); setOffset(0) }}>
          <option value="">all roles</option>
          {['trigger', 'consequence', 'background', 'nonresource'].map((name) => <option key={name}>{name}</option>)}
        </Select>
        <span className="flex-1" />
        <span className="text-12 text-dim">{found === 0 ? 'none' : `${formatCount(offset + 1)}–${formatCount(Math.min(found, offset + STEP))} of ${formatCount(found)}`}</span>
        <Button size="sm" disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - STEP))}>Earlier</Button>
        <Button size="sm" disabled={offset + STEP >= found} onClick={() => setOffset(offset + STEP)}>Later</Button>
      </div>
      {error ? <Notice tone="bad">{error}</Notice> : <EventsTable rows={page?.rows ?? null} />}
    </>
  )
}

const HEAD = ['Time (UTC)', 'User', 'Verb', 'Resource', 'Object', 'Status', 'Role', 'Label']

/** Twelve rows high whatever it holds, so that nothing below moves while it is read. */
function EventsTable({ rows }: { rows: readonly EventLine[] | null }) {
  return (
    <div className="h-100 overflow-auto rounded-md border border-line" tabIndex={0} role="region" aria-label="Events">
      <table className="w-full min-w-220 text-12">
        <thead className="sticky top-0 bg-panel text-left text-dim"><tr>{HEAD.map((name) => <th key={name} scope="col" className="px-2 py-1.5 font-medium">{name}</th>)}</tr></thead>
        <tbody>
          {rows?.map((row) => <EventTr key={row.seq} row={row} />)}
        </tbody>
      </table>
      {rows === null ? <div role="status" aria-label="Loading events" className="space-y-3 p-2">{Array.from({ length: 11 }, (_, index) => <div key={index} className="skeleton h-5" />)}</div> : null}
      {rows?.length === 0 ? <p className="p-6 text-center text-dim">No event passes. Clear the text or the role.</p> : null}
    </div>
  )
}

function EventTr({ row }: { row: EventLine }) {
  return (
    <tr className="border-t border-line hover:bg-hover">
      <td className="px-2 py-1.5 font-mono whitespace-nowrap">{row.receivedMicros === null ? '–' : formatClock(row.receivedMicros)}</td>
      <td className="max-w-56 truncate px-2"><LogText text={row.username} limit={120} /></td>
      <td className="px-2 whitespace-nowrap"><span className="inline-flex items-center gap-1.5"><VerbMark verb={row.verb} />{row.verb ?? '–'}</span></td>
      <td className="px-2"><LogText text={kindText(row)} limit={80} /></td>
      <td className="max-w-64 truncate px-2 font-mono"><LogText text={objectText(row)} limit={120} /></td>
      <td className={cn('px-2', row.code !== null && row.code >= 400 && 'font-semibold text-bad')}>{row.code ?? '–'}</td>
      <td className="px-2 whitespace-nowrap">{row.role ? <RoleMark role={row.role} verb={row.verb} /> : <span className="text-dim">–</span>}</td>
      <td className="px-2">{row.label ? `${kindText(row.label)} · ${row.label.verb}` : <span className="text-dim">–</span>}</td>
    </tr>
  )
}

function useEvents(dataset: string, q: string, role: string, offset: number): { page: { rows: EventLine[]; total: number } | null; error: string | null } {
  const [state, setState] = useState<{ page: { rows: EventLine[]; total: number } | null; error: string | null }>({ page: null, error: null })
  useEffect(() => {
    const stop = new AbortController()
    const query = new URLSearchParams({ offset: String(offset), limit: String(STEP), ...(q ? { q } : {}), ...(role ? { role } : {}) })
    const timer = setTimeout(() => {
      callApi<{ rows: EventLine[]; total: number }>(`/api/datasets/${dataset}/events?${query}`, { signal: stop.signal }).then(
        (page) => setState({ page, error: null }),
        (error: unknown) => {
          if (!stop.signal.aborted) setState({ page: null, error: error instanceof Error ? error.message : 'Reading events failed.' })
        },
      )
    }, q ? 150 : 0)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [dataset, q, role, offset])
  return state
}
