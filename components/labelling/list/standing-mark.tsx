import { Check, CheckCheck, Cog, Minus, Sparkle, type LucideIcon } from 'lucide-react'
import type { LabelStanding } from '@/lib/labelling/types'
import { cn } from '@/components/ui/cn'

const LOOKS: Readonly<Record<LabelStanding, { readonly icon: LucideIcon; readonly look: string; readonly title: string }>> = {
  unlabelled: { icon: Minus, look: 'text-dim', title: 'Unlabelled: nothing is suggested either' },
  suggested: { icon: Sparkle, look: 'text-accent', title: 'Suggested: nobody has accepted it' },
  automatic: { icon: Cog, look: 'text-warn', title: 'Automatic: a named rule took it' },
  labelled: { icon: Check, look: 'text-good', title: 'Labelled by a person' },
  reviewed: { icon: CheckCheck, look: 'text-good', title: 'Reviewed: agreed by a second person' },
}

/** How far a request is labelled, by a sign and its word. */
export function StandingMark({ standing, word = false, className }: { standing: LabelStanding; word?: boolean; className?: string }) {
  const { icon: Icon, look, title } = LOOKS[standing]
  return (
    <span className={cn('inline-flex items-center gap-1', className)} title={title}>
      <Icon aria-hidden className={cn('size-3.5 shrink-0', look)} />
      {word ? standing : <span className="sr-only">{standing}</span>}
    </span>
  )
}
