'use client'
import { formatCount } from '@/components/format/number'
import { cn } from '@/components/ui/cn'
import { SHOWN, type LabelCounts, type Shown } from './protocol'

const NAMES: Readonly<Record<Shown, string>> = { all: 'all', links: 'by links', network: 'by network alone', disagree: 'disagree', uncertain: 'uncertain' }

function countOf(counts: LabelCounts, show: Shown): number {
  const { origins, uncertain } = counts
  if (show === 'uncertain') return uncertain
  if (show === 'links') return origins.links + origins.agree + origins.disagree
  if (show === 'network' || show === 'disagree') return origins[show]
  return Object.values(origins).reduce((sum, count) => sum + count, 0)
}

/** Lines by where their label comes from, with how many there are of each. */
export function ShownFilter({ show, counts, onShow }: { show: Shown; counts: LabelCounts; onShow: (show: Shown) => void }) {
  return (
    <div role="group" aria-label="Label comes from" className="flex flex-wrap gap-1">
      {SHOWN.map((name) => (
        <button key={name} type="button" aria-pressed={show === name} onClick={() => onShow(name)} className={cn('rounded-sm border px-2 py-0.5 text-12', show === name ? 'border-accent bg-accent-bg text-accent' : 'border-line text-dim hover:text-ink')}>
          {NAMES[name]} <span>{formatCount(countOf(counts, name))}</span>
        </button>
      ))}
    </div>
  )
}
