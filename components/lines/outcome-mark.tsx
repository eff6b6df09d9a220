import type { Outcome } from '@/lib/experiments/compare/outcomes'
import { cn } from '@/components/ui/cn'
import { OUTCOME_WORDS } from './outcome-words'

const LOOK: Readonly<Record<Outcome, string>> = { a: 'border-strong text-ink', b: 'border-accent text-accent', both: 'border-line text-good', neither: 'border-line text-bad' }

/** Who has a line right, as a letter or sign; its words for screen readers. */
export function OutcomeMark({ outcome }: { outcome: Outcome }) {
  const { mark, title } = OUTCOME_WORDS[outcome]
  return <span title={title} className={cn('inline-grid size-5 shrink-0 place-items-center rounded-sm border text-12 font-semibold', LOOK[outcome])}><span aria-hidden>{mark}</span><span className="sr-only">{title}</span></span>
}
