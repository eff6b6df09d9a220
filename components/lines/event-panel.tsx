'use client'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import type { LineColumns } from '@/lib/experiments/compare/line-columns'
import { LogText } from '@/components/format/log-text'
import { callApi } from '@/components/live/call-api'
import { classText } from '@/components/runs/class-text'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Pairs } from '@/components/ui/page'
import { outcomeAt, valueOf } from './line-filter'
import { OUTCOME_WORDS } from './outcome-words'

/** Characters of an event that are drawn; a body may be a megabyte. */
const RAW_LIMIT = 100_000

/** One line whole: what was wanted and said, and the event as it was logged. */
export function EventPanel({ lines, line, dataset, height, onContext, onClose }: { lines: LineColumns; line: number; dataset: string | null; height: number; onContext: (context: string) => void; onClose: () => void }) {
  const [auditID, context] = [lines.auditID[line] ?? '', valueOf(lines, 'context', line)]
  const label = (column: readonly number[]): string => classText(lines.labels[column[line] ?? -1] ?? '')
  const { event, error } = useEvent(dataset, lines.seq[line] ?? -1)
  return (
    <section aria-label="The line" className="flex flex-col overflow-hidden rounded-md border border-line" style={{ height }}>
      <div className="border-b border-line p-3">
        <div className="mb-2 flex items-center gap-2"><b className="flex-1 font-semibold">{OUTCOME_WORDS[outcomeAt(lines, line)].title}</b><Button size="sm" tone="quiet" onClick={onClose}>Close</Button></div>
        <Pairs items={[
          ['wanted', label(lines.want)],
          ['A said', `${label(lines.a)}, ${(lines.confidenceA[line] ?? 0).toFixed(2)}`],
          ['B said', `${label(lines.b)}, ${(lines.confidenceB[line] ?? 0).toFixed(2)}`],
          ['program', <LogText key="p" text={valueOf(lines, 'agent', line)} limit={80} />],
          ['context', context === null ? 'none' : <button key="c" type="button" className="link text-left" onClick={() => onContext(context)}><LogText text={context} limit={80} /></button>],
          ['auditID', dataset === null ? <LogText key="i" text={auditID} /> : <Link key="i" className="link font-mono text-12" href={`/datasets/${dataset}?q=${encodeURIComponent(auditID.toWellFormed().slice(0, 200))}`}><LogText text={auditID} /></Link>],
        ]} />
      </div>
      <div className="min-h-0 flex-1 overflow-auto p-3" tabIndex={0} role="region" aria-label="Raw event">
        {error ? <Notice tone="warn">{error}</Notice> : event === null ? <div role="status" aria-label="Reading the event" className="skeleton h-40" /> : <pre className="font-mono text-12 break-all whitespace-pre-wrap"><LogJson value={event} /></pre>}
      </div>
    </section>
  )
}

/** JSON line by line, so that what cannot be seen in it is named and line ends stay. */
function LogJson({ value }: { value: unknown }) {
  const text = JSON.stringify(value, null, 2)
  return text.slice(0, RAW_LIMIT).split('\n').map((one, index) => <span key={index} className="block"><LogText text={one} limit={RAW_LIMIT} /></span>).concat(text.length > RAW_LIMIT ? [<span key="cut" className="block text-dim">… cut here; the whole event is on the data set’s page</span>] : [])
}

function useEvent(dataset: string | null, seq: number): { event: unknown; error: string | null } {
  const [state, setState] = useState<{ of: string; event: unknown; error: string | null }>({ of: '', event: null, error: null })
  const of = `${dataset} ${seq}`
  useEffect(() => {
    if (dataset === null || seq < 0) return undefined
    const stop = new AbortController()
    // Held keys pass many lines: only the one that stays is read.
    const timer = setTimeout(() => {
      callApi<unknown>(`/api/answers/event?dataset=${dataset}&seq=${seq}`, { signal: stop.signal }).then(
        (event) => setState({ of, event, error: null }),
        (error: unknown) => {
          if (!stop.signal.aborted) setState({ of, event: null, error: error instanceof Error ? error.message : 'Reading the event failed.' })
        },
      )
    }, 80)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [dataset, seq, of])
  if (dataset === null || seq < 0) return { event: null, error: 'This event is not in the store any more.' }
  return state.of === of ? state : { event: null, error: null }
}
