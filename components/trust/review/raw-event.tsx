'use client'
import { useEvents } from '@/components/labelling/event/use-event'
import { visibleText } from '@/components/format/visible'

const LIMIT = 100_000

/** The event as it was imported, secrets redacted. */
export function RawEvent({ dataset, seq }: { dataset: string; seq: number }) {
  const { events, error } = useEvents(dataset, [seq])
  const text = events ? JSON.stringify(events[0], null, 2) : null
  const shown = error ?? (text === null ? 'Reading the event…' : `${text.slice(0, LIMIT).split('\n').map((row) => visibleText(row, 20_000)).join('\n')}${text.length > LIMIT ? `\n… ${text.length - LIMIT} more characters` : ''}`)
  return <pre aria-label="Raw event" role="region" tabIndex={0} className="mt-4 max-h-96 overflow-auto rounded-md border border-line px-3 py-2 font-mono text-[11px] leading-4 break-all whitespace-pre-wrap">{shown}</pre>
}
