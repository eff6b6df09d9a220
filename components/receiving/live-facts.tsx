import { CircleCheck, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { LiveStatus } from '@/lib/live/live-state'
import { formatDuration } from '@/components/format/duration'
import { formatInstant } from '@/components/format/instant'
import { formatCount, plural } from '@/components/format/number'
import { Facts } from '@/components/ui/page'

/** Whether anything is lost: each figure says what it would mean. */
export function LiveFacts({ status }: { status: LiveStatus }) {
  const { pulse } = status
  const gap = pulse?.gaps.at(-1)
  const silent = pulse !== null && gap !== undefined && pulse.lastAt === gap.from
  return (
    <Facts items={[
      { label: 'Receiver', value: <Verdict good={status.receiverUp && !silent}>{status.receiverUp ? (silent ? 'silent' : 'receiving') : 'down'}</Verdict>, note: <span className="break-all">{status.listening?.address ?? 'starting'}</span> },
      { label: 'Rate', value: pulse ? `${pulse.rate.toFixed(1)}/s` : '–', note: pulse ? `${plural(pulse.events, 'event')} since the start, ${formatCount(pulse.duplicates)} sent again and kept once${pulse.conflicting ? `, ${formatCount(pulse.conflicting)} under a used audit ID` : ''}` : 'nothing heard of the receiver' },
      { label: 'Lag', value: pulse?.lagSeconds == null ? '–' : formatDuration(pulse.lagSeconds), note: pulse?.worstLagSeconds == null ? 'from request to disk' : `at most ${formatDuration(pulse.worstLagSeconds)} in 5 min` },
      { label: 'Silences', value: <Verdict good={!gap}>{formatCount(pulse?.gaps.length ?? 0)}</Verdict>, note: gap ? <>last from {formatInstant(gap.from)} for {formatDuration((gap.to - gap.from) / 1000)}</> : 'none of a minute or more' },
      { label: 'Refused', value: <Verdict good={!pulse?.refused}>{formatCount(pulse?.refused ?? 0)}</Verdict>, note: pulse?.refused ? 'requests; nothing of them is kept, see logs/receiver.log' : 'requests' },
      { label: 'Late', value: formatCount(status.late), note: 'over 30 s after newer ones; taken all the same' },
      { label: 'Not linked yet', value: formatCount(status.behind), note: `${formatCount(status.held)} of ${formatCount(status.limit)} lines held, linked in ${formatCount(status.linkMs)} ms` },
    ]} />
  )
}

function Verdict({ good, children }: { good: boolean; children: ReactNode }) {
  const Icon = good ? CircleCheck : TriangleAlert
  return <span className="inline-flex items-center gap-1.5"><Icon aria-hidden className={`size-4 ${good ? 'text-good' : 'text-warn'}`} />{children}</span>
}
