'use client'
import type { LabelStanding } from '@/lib/labelling/types'
import { formatDuration } from '@/components/format/duration'
import { formatCount, formatShare } from '@/components/format/number'
import { Tip } from '@/components/ui/tip'
import { StandingMark } from '../list/standing-mark'
import type { Progress } from './progress-of'

/** Done first; what nobody has looked at stays empty. */
const SEGMENTS: readonly { readonly standing: LabelStanding; readonly look: string }[] = [
  { standing: 'reviewed', look: 'bg-good' },
  { standing: 'labelled', look: 'bg-good/60' },
  { standing: 'automatic', look: 'bg-warn/70' },
  { standing: 'suggested', look: 'bg-accent/35' },
]

/** How far the data set is labelled, by standing, with the classes that have no example yet, the rate and the time left. */
export function ProgressBar({ progress }: { progress: Progress }) {
  const { total, counts, classes, classesLeft, perMinute, secondsLeft } = progress
  const done = counts.labelled + counts.reviewed + counts.automatic
  return (
    <section aria-label="Progress" className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 px-4 pb-2 text-12">
      <div role="progressbar" aria-label="Labelled" aria-valuemin={0} aria-valuemax={total} aria-valuenow={done} className="flex h-2 min-w-40 flex-1 overflow-hidden rounded-sm bg-line">
        {SEGMENTS.map(({ standing, look }) => <span key={standing} className={look} style={{ width: `${(100 * counts[standing]) / Math.max(1, total)}%` }} />)}
      </div>
      <ul className="flex gap-3">
        {SEGMENTS.map(({ standing }) => <li key={standing} className="flex items-center gap-1"><StandingMark standing={standing} /><b className="min-w-8 font-medium">{formatCount(counts[standing])}</b></li>)}
        <li className="flex items-center gap-1"><StandingMark standing="unlabelled" /><b className="min-w-8 font-medium">{formatCount(counts.unlabelled)}</b></li>
      </ul>
      <Tip label="Of all requests, those with a label that stands"><span tabIndex={0} className="min-w-14 text-right text-dim">{formatShare(done / Math.max(1, total))}</span></Tip>
      <Tip label="Suggested classes that no request bears yet"><span tabIndex={0} className="min-w-32 text-dim">{formatCount(classesLeft)} of {formatCount(classes)} classes left</span></Tip>
      <span className="min-w-40 text-dim max-lg:hidden">{perMinute === null ? 'rate: after some labels' : `${formatCount(perMinute)} a minute, ${formatDuration(secondsLeft ?? 0)} left`}</span>
    </section>
  )
}
