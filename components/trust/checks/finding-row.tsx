'use client'
import Link from 'next/link'
import { CircleCheck, Eye, TriangleAlert } from 'lucide-react'
import type { FoundPlace, Finding } from '@/lib/labelling/checks/types'
import { LogText } from '@/components/format/log-text'
import { formatCount, plural } from '@/components/format/number'
import { cn } from '@/components/ui/cn'

const SHOWN = 100

/** One check: how often it found something, why that is wrong, what to do, and each place. */
export function FindingRow({ dataset, finding, open, onToggle }: { dataset: string; finding: Finding; open: boolean; onToggle: () => void }) {
  const { count, severity, title } = finding
  const Icon = count === 0 ? CircleCheck : severity === 'wrong' ? TriangleAlert : Eye
  return (
    <li className="border-t border-line" data-check={finding.check}>
      <button type="button" aria-expanded={open} onClick={onToggle} className="flex w-full items-center gap-3 px-1 py-2 text-left hover:bg-hover">
        <Icon aria-hidden className={cn('size-4 shrink-0', count === 0 ? 'text-good' : severity === 'wrong' ? 'text-bad' : 'text-warn')} />
        <span className={cn('min-w-0 flex-1', count > 0 && 'font-medium')}>{title}</span>
        <span className="shrink-0 text-12 text-dim">{count === 0 ? 'none' : severity === 'wrong' ? 'contradiction' : 'look at it'}</span>
        <b className="w-16 shrink-0 text-right font-semibold">{formatCount(count)}</b>
      </button>
      {open ? (
        <div className="px-8 pb-3">
          <p className="max-w-[90ch]">{finding.why}</p>
          <p className="max-w-[90ch] text-dim"><b className="font-medium text-ink">What to do:</b> {finding.todo}</p>
          {count > 0 ? <Places dataset={dataset} finding={finding} /> : null}
        </div>
      ) : null}
    </li>
  )
}

function Places({ dataset, finding: { places, count, title } }: { dataset: string; finding: Finding }) {
  const shown = places.slice(0, SHOWN)
  return (
    <ul aria-label={title} tabIndex={0} className="mt-2 max-h-72 overflow-y-auto rounded-md border border-line">
      {shown.map((place) => <li key={`${place.seq} ${place.note}`} className="border-b border-line px-3 py-1 last:border-0"><PlaceLink dataset={dataset} place={place} /></li>)}
      {count > shown.length ? <li className="px-3 py-1 text-12 text-dim">and {plural(count - shown.length, 'more', 'more')}; mend these and look again</li> : null}
    </ul>
  )
}

function PlaceLink({ dataset, place }: { dataset: string; place: FoundPlace }) {
  return <Link href={`/label/${dataset}?line=${place.seq}`} className="flex gap-3 hover:underline"><span className="w-24 shrink-0 text-dim">line {formatCount(place.seq + 1)}</span><span className="min-w-0 break-words"><LogText text={place.note} limit={400} /></span></Link>
}
