'use client'
import { visibleText } from '@/components/format/visible'
import { Kbd } from '@/components/ui/kbd'
import { requestAt } from '../state/log-index'
import type { LabelState } from '../state/model'
import { HistoryList } from './history-list'
import { useEvents } from './use-event'

/** Characters that are drawn; a body may be a megabyte. */
const LIMIT = 100_000

/** The event as it was imported, secrets redacted. */
export function RawPanel({ state }: { state: LabelState }) {
  const request = requestAt(state.log, state.cursor)
  const { events, error } = useEvents(state.log.dataset.id, [state.log.seq[state.cursor] ?? 0])
  const text = events ? JSON.stringify(events[0], null, 2) : null
  return (
    <section aria-label="Raw event" className="flex min-h-0 flex-1 flex-col border-t border-line">
      <h3 className="flex h-7 shrink-0 items-center justify-between border-b border-line bg-panel px-4 text-12 text-dim"><b className="font-semibold">JSON, as imported</b><span><Kbd>Space</Kbd> back</span></h3>
      <pre className="min-h-0 flex-1 overflow-auto px-4 py-2 font-mono text-[11px] leading-4 break-all whitespace-pre-wrap" tabIndex={0}>
        {error ?? (text === null ? 'Reading the event…' : `${text.slice(0, LIMIT).split('\n').map((row) => visibleText(row, 20_000)).join('\n')}${text.length > LIMIT ? `\n… ${text.length - LIMIT} more characters` : ''}`)}
      </pre>
      {state.assignment ? null : <HistoryList dataset={state.log.dataset.id} auditID={state.log.auditIDs[request] ?? ''} newest={state.confirmed[request]?.newest ?? 0} />}
    </section>
  )
}
