import type { SideRating } from '@/lib/labelling/agreement/sides'
import { AGREEMENT_PARTS, classOf } from '@/lib/labelling/agreement/ratings'
import { VerbMark } from '@/components/charts/verbs-plot'
import { Ago } from '@/components/format/ago'
import { LogText } from '@/components/format/log-text'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { cn } from '@/components/ui/cn'
import { PART_NAMES, partText } from '../part-text'
import { decisionText } from './review-state'

/** What one side said, part by part, with what the other said otherwise marked. */
export function SideCard({ letter, name, rating, other, keys, disabled, onPick }: { letter: 'A' | 'B'; name: string; rating: SideRating; other: SideRating; keys: string; disabled: boolean; onPick: () => void }) {
  return (
    <section aria-label={`Side ${letter}`} className="flex min-w-0 flex-col rounded-md border border-line">
      <h3 className="flex items-center gap-2 border-b border-line bg-panel px-3 py-1.5 text-12 text-dim"><b className="font-semibold text-ink">{letter}</b><span className="min-w-0 flex-1 truncate">{name}</span></h3>
      <div className="flex-1 px-3 py-2">
        <p className="flex items-center gap-2 text-14 font-semibold"><VerbMark verb={rating.label?.verb} /><span className="min-w-0 truncate" data-testid={`side-${letter.toLowerCase()}`}>{decisionText(rating)}</span></p>
        <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-3 text-12">
          {AGREEMENT_PARTS.filter((part) => part !== 'whole').map((part) => {
            const differs = classOf(rating, part) !== classOf(other, part)
            return (
              <div key={part} className="contents">
                <dt className="text-dim">{PART_NAMES[part]}</dt>
                <dd className={cn('min-w-0 truncate', differs && 'font-semibold text-warn')}>{partText(part, classOf(rating, part))}{differs ? <span className="ml-1.5 font-normal">≠</span> : null}</dd>
              </div>
            )
          })}
          <dt className="text-dim">Context</dt><dd className="truncate font-mono"><LogText text={rating.context} limit={80} /></dd>
        </dl>
        <p className="mt-2 text-12 text-dim">by <LogText text={rating.by} limit={64} />{rating.at ? <>, <Ago at={rating.at} /></> : null}{rating.probability === null ? null : <>, probability {rating.probability.toFixed(2)}</>}</p>
        {rating.reason ? <p className="text-12 break-words text-dim"><LogText text={rating.reason} limit={300} /></p> : null}
      </div>
      <p className="border-t border-line px-3 py-2"><Button size="sm" tone="primary" disabled={disabled} onClick={onPick}>{letter} is right <Kbd className="border-on-accent/40 text-on-accent">{keys}</Kbd></Button></p>
    </section>
  )
}
