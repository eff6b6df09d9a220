import type { Outcome, OutcomeCounts } from '@/lib/experiments/compare/outcomes'
import { formatCount, formatShare } from '@/components/format/number'
import { cn } from '@/components/ui/cn'
import { OutcomeMark } from './outcome-mark'

/** The four counts, two by two; each shows or hides its lines in the list. */
export function OutcomeTable({ counts, shown, onToggle }: { counts: OutcomeCounts; shown: readonly Outcome[]; onToggle: (outcome: Outcome) => void }) {
  const lines = counts.a + counts.b + counts.both + counts.neither
  const cell = (outcome: Outcome) => <Cell outcome={outcome} count={counts[outcome]} lines={lines} shown={shown.includes(outcome)} onToggle={onToggle} />
  return (
    <div role="group" aria-label="Lines by who has them right" className="grid grid-cols-[auto_1fr_1fr] items-center gap-1 text-12 text-dim">
      <span /><Head>B right</Head><Head>B wrong</Head>
      <Head>A right</Head>{cell('both')}{cell('a')}
      <Head>A wrong</Head>{cell('b')}{cell('neither')}
    </div>
  )
}

/** Said by each cell's own name. */
function Head({ children }: { children: string }) { return <span aria-hidden className="px-2 font-medium whitespace-nowrap">{children}</span> }

function Cell({ outcome, count, lines, shown, onToggle }: { outcome: Outcome; count: number; lines: number; shown: boolean; onToggle: (outcome: Outcome) => void }) {
  const share = lines === 0 ? '–' : formatShare(count / lines)
  return (
    <button type="button" aria-pressed={shown} onClick={() => onToggle(outcome)} className={cn('rounded-md border px-3 py-2 text-left hover:bg-hover', shown ? 'border-accent bg-accent-bg' : 'border-line')}>
      <span className="flex items-center gap-2 text-ink"><OutcomeMark outcome={outcome} />{' '}<b className="text-20 font-semibold">{formatCount(count)}</b></span>{' '}
      <span className="mt-0.5 block">{share} · {shown ? 'listed' : 'not listed'}</span>
    </button>
  )
}
