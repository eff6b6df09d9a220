'use client'
import { useEffect, useState } from 'react'
import type { RequestHistoryEntry } from '@/lib/labelling/types'
import { Ago } from '@/components/format/ago'
import { LogText } from '@/components/format/log-text'
import { callApi } from '@/components/live/call-api'
import { shortLabel } from '../list/line-row'

const DONE: Readonly<Record<RequestHistoryEntry['kind'], string>> = { label: 'labelled', clear: 'took the label away', flag: 'flagged', unflag: 'took the flag away', comment: 'wrote', uncomment: 'took a comment back', skip: 'skipped', unskip: 'no longer skipped' }

/** Who said what of a request, the newest first; `newest` is its newest label event, so that a further one is read. */
export function HistoryList({ dataset, auditID, newest }: { dataset: string; auditID: string; newest: number }) {
  const entries = useHistory(dataset, auditID, newest)
  if (entries.length === 0) return null
  return (
    <section aria-label="History" className="max-h-40 shrink-0 overflow-y-auto border-t border-line px-4 py-1.5 text-12" tabIndex={0}>
      <h3 className="text-dim">History</h3>
      <ol>{entries.map((entry) => <li key={entry.id} className="py-0.5"><b className="font-medium"><LogText text={entry.actor} limit={60} /></b> <EntryText entry={entry} /> <span className="text-dim"><Ago at={entry.at} /></span></li>)}</ol>
    </section>
  )
}

function EntryText({ entry }: { entry: RequestHistoryEntry }) {
  const undone = entry.batch?.kind === 'undo' || entry.batch?.kind === 'redo' ? ` (${entry.batch.kind})` : ''
  if (entry.kind === 'comment') return <>wrote: “<LogText text={entry.comment} limit={4000} />”</>
  if (entry.kind !== 'label') return <>{DONE[entry.kind]}{undone}</>
  const source = entry.suggestion ? <span className="text-dim">, by a suggestion of {entry.suggestion.source}{entry.suggestion.ref ? <> <LogText text={entry.suggestion.ref} limit={60} /></> : null}: <LogText text={entry.suggestion.reason} limit={160} /></span> : null
  return <>{entry.standing === 'automatic' ? 'had a rule label it' : 'labelled it'} {entry.from ? `${shortLabel(entry.from, null)} → ` : ''}<b className="font-medium">{shortLabel(entry.to, entry.role)}</b>{undone}{source}</>
}

function useHistory(dataset: string, auditID: string, newest: number): readonly RequestHistoryEntry[] {
  const [state, setState] = useState<{ of: string; entries: readonly RequestHistoryEntry[] }>({ of: '', entries: [] })
  useEffect(() => {
    if (newest === 0) return undefined
    const stop = new AbortController()
    callApi<{ entries: readonly RequestHistoryEntry[] }>(`/api/datasets/${encodeURIComponent(dataset)}/labelling/history?auditID=${encodeURIComponent(auditID)}`, { signal: stop.signal }).then(
      ({ entries }) => { if (!stop.signal.aborted) setState({ of: auditID, entries }) },
      () => undefined,
    )
    return () => stop.abort()
  }, [dataset, auditID, newest])
  return state.of === auditID && newest > 0 ? state.entries : []
}
