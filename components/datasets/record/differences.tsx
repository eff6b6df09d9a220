'use client'
import { X } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { LogText } from '@/components/format/log-text'
import { formatCount, plural } from '@/components/format/number'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { DifferencesView } from './types'

const SHOWN = 40
/** A split belongs to one version. */
const SPLIT_CHANGE = { added: 'is kept with the second alone', removed: 'is kept with the first alone', changed: 'is another' } as const

/** What became of labels and splits between two versions, by class. */
export function Differences({ dataset, from, to, onClose }: { dataset: string; from: number; to: number | 'now'; onClose: () => void }) {
  const { found, error } = useDifferences(dataset, from, to)
  const title = `From version ${from} to ${to === 'now' ? 'what stands now' : `version ${to}`}`
  return (
    <div className="mt-3 rounded-md border border-line p-3" role="region" aria-label={title}>
      <div className="mb-2 flex items-center justify-between"><h3 className="font-medium">{title}</h3><Button tone="quiet" size="icon" aria-label="Close differences" onClick={onClose}><X /></Button></div>
      {error ? <Notice tone="bad">{error}</Notice> : null}
      {found === null && !error ? <div className="skeleton h-24" role="status" aria-label="Comparing" /> : null}
      {found ? <Found dataset={dataset} found={found} /> : null}
    </div>
  )
}

function Found({ dataset, found: { labels, splits } }: { dataset: string; found: DifferencesView }) {
  const rows = labels.classes.slice(0, SHOWN)
  return (
    <>
      <p className="mb-2">{plural(labels.added, 'label')} added, {formatCount(labels.changed)} changed, {formatCount(labels.removed)} removed, {formatCount(labels.regrouped)} moved to another context; {formatCount(labels.same)} the same.</p>
      {rows.length === 0 ? null : (
        <div className="max-h-96 overflow-auto">
          <table className="w-full min-w-120 text-12">
            <thead className="text-left text-dim"><tr>{['Requests', 'From', 'To', 'For example'].map((head) => <th key={head} scope="col" className="px-2 py-1 font-medium">{head}</th>)}</tr></thead>
            <tbody>
              {rows.map(({ from, to, count, samples }) => (
                <tr key={`${from ?? ''}\n${to ?? ''}`} className="border-t border-line">
                  <td className="px-2 py-1">{formatCount(count)}</td>
                  <td className="px-2 py-1">{from === null ? <span className="text-dim">no label</span> : <LogText text={from} limit={160} />}</td>
                  <td className="px-2 py-1">{to === null ? <span className="text-dim">no label</span> : <LogText text={to} limit={160} />}</td>
                  <td className="px-2 py-1 font-mono">{samples[0] === undefined ? null : <Link className="link" href={`/datasets/${dataset}?q=${encodeURIComponent(samples[0])}#events`}><LogText text={samples[0]} limit={40} /></Link>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {labels.classes.length > SHOWN ? <p className="mt-1 text-12 text-dim">and {formatCount(labels.classes.length - SHOWN)} more kinds of change</p> : null}
      {splits.map(({ name, change, from, to, moved }) => <p key={name} className="mt-1 text-12">Split {name} {SPLIT_CHANGE[change]}: {change === 'changed' ? `${from ?? ''} became ${to ?? ''}` : (to ?? from)}; {plural(moved, 'request')}.</p>)}
    </>
  )
}

function useDifferences(dataset: string, from: number, to: number | 'now'): { found: DifferencesView | null; error: string | null } {
  const [state, setState] = useState<{ found: DifferencesView | null; error: string | null }>({ found: null, error: null })
  useEffect(() => {
    const stop = new AbortController()
    callApi<DifferencesView>(`/api/datasets/${dataset}/versions/differences?${new URLSearchParams({ from: String(from), to: String(to) })}`, { signal: stop.signal }).then(
      (found) => setState({ found, error: null }),
      (error: unknown) => { if (!stop.signal.aborted) setState({ found: null, error: error instanceof Error ? error.message : 'Comparing failed.' }) },
    )
    return () => stop.abort()
  }, [dataset, from, to])
  return state
}
