import { LogText } from '@/components/format/log-text'
import { formatCount, formatShare } from '@/components/format/number'
import { VerbMark } from '@/components/charts/verbs-plot'
import { Bar } from '@/components/ui/meter'
import type { Count } from './dataset-view'

/** Commonest values with their counts; `total` gives the shares. */
export function CountsList({ title, counts, total, distinct, verbs = false, limit = 10 }: { title: string; counts: readonly Count[]; total: number; distinct?: number; verbs?: boolean; limit?: number }) {
  const shown = counts.slice(0, limit)
  const more = (distinct ?? counts.length) - shown.length
  return (
    <section className="min-w-0">
      <h3 className="mb-1.5 text-12 font-semibold text-dim">{title}</h3>
      <ol>
        {shown.map(({ value, count }) => (
          <li key={value} className="grid grid-cols-[1fr_4rem_4.5rem] items-center gap-2 border-t border-line py-1" title={formatShare(count / total)}>
            <span className="flex min-w-0 items-center gap-2">{verbs ? <VerbMark verb={value} /> : null}<span className="truncate"><LogText text={value} limit={120} /></span></span>
            <Bar share={count / total} />
            <span className="text-right">{formatCount(count)}</span>
          </li>
        ))}
      </ol>
      {more > 0 ? <p className="border-t border-line pt-1 text-12 text-dim">and {formatCount(more)} more</p> : null}
      {shown.length === 0 ? <p className="text-dim">none</p> : null}
    </section>
  )
}
