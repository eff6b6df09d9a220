'use client'
import Link from 'next/link'
import type { ReviewItem } from '@/lib/labelling/agreement/answers'
import { VerbMark } from '@/components/charts/verbs-plot'
import { formatClock } from '@/components/format/instant'
import { LogText } from '@/components/format/log-text'
import { shortUser } from '@/components/playground/describe-line'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { cn } from '@/components/ui/cn'
import { requestHref } from '../trust-page'
import { RawEvent } from './raw-event'
import { decisionOf, decisionText } from './review-state'
import { SideCard } from './side-card'

interface Props { readonly dataset: string; readonly item: ReviewItem; readonly names: readonly [string, string]; readonly raw: boolean; readonly onPick: (side: 'a' | 'b') => void; readonly onAnother: () => void; readonly onRaw: () => void }

/** The event at a glance, what both sides made of it, and the keys that decide. */
export function ItemDetail({ dataset, item, names, raw, onPick, onAnother, onRaw }: Props) {
  const { request, now } = item
  const kind = request.subresource ? `${request.resource ?? ''}/${request.subresource}` : (request.resource ?? 'no API object')
  return (
    <section aria-label="Request" className="min-w-0">
      <h2 className="flex items-center gap-2 text-16"><VerbMark verb={request.verb} className="size-2.5" /><span className="min-w-0 truncate">{request.verb} <LogText text={kind} limit={80} /></span><span className={cn('ml-auto shrink-0 text-13 font-medium', (request.code ?? 0) >= 400 ? 'text-bad' : 'text-dim')}>{request.code === null ? 'no answer' : request.code >= 400 ? `failed ${request.code}` : `ok ${request.code}`}</span></h2>
      <p className="font-mono text-12 break-all"><LogText text={[request.namespace, request.name].filter(Boolean).join('/')} limit={200} /></p>
      <p className="mb-3 flex flex-wrap gap-x-4 text-12 text-dim"><span>by <b className="font-medium text-ink"><LogText text={shortUser(request.user)} limit={100} /></b></span>{request.receivedMicros === null ? null : <span className="font-mono">{formatClock(request.receivedMicros)} UTC</span>}<Link className="link" href={requestHref(dataset, request.auditID)}>Open in the log</Link></p>
      <div className="grid gap-3 md:grid-cols-2">
        <SideCard letter="A" name={names[0]} rating={item.a} other={item.b} keys="1" disabled={decisionOf(item, 'a') === null} onPick={() => onPick('a')} />
        <SideCard letter="B" name={names[1]} rating={item.b} other={item.a} keys="2" disabled={decisionOf(item, 'b') === null} onPick={() => onPick('b')} />
      </div>
      <p className="mt-3 flex flex-wrap items-center gap-2">
        <Button size="sm" onClick={onAnother}>Another label <Kbd>l</Kbd></Button>
        <Button size="sm" aria-pressed={raw} onClick={onRaw}>Raw JSON <Kbd>Space</Kbd></Button>
        <span className="text-12 text-dim" data-testid="stands">Stands now: <b className="font-medium text-ink">{now.standing === 'unlabelled' ? 'no label' : decisionText(now)}</b>{now.standing === 'reviewed' ? <>, reviewed by <LogText text={now.actor} limit={64} /></> : null}</span>
      </p>
      {raw ? <RawEvent dataset={dataset} seq={request.seq} /> : null}
    </section>
  )
}
