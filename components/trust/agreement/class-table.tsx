import type { PairDetail } from '@/lib/labelling/agreement/answers'
import { formatCount, formatShare } from '@/components/format/number'
import { Bar } from '@/components/ui/meter'
import { partText } from '../part-text'

const MOST = 30

/** Each class with how far the two agree on it, the least first. */
export function ClassTable({ pair, nameA, nameB }: { pair: PairDetail; nameA: string; nameB: string }) {
  const classes = pair.matrix.classes.toSorted((a, b) => a.f1 - b.f1 || b.support + b.predicted - a.support - a.predicted)
  return (
    <div className="max-h-120 overflow-auto rounded-md border border-line" tabIndex={0} role="region" aria-label="Agreement by class">
      <table className="w-full" aria-label="Agreement by class">
        <thead className="sticky top-0 bg-bg text-12 text-dim"><tr><th scope="col" className="px-3 py-1.5 text-left font-medium">Class</th><th scope="col" className="px-3 py-1.5 text-right font-medium">{nameA}</th><th scope="col" className="px-3 py-1.5 text-right font-medium">{nameB}</th><th scope="col" className="px-3 py-1.5 text-right font-medium" colSpan={2}>Specific agreement</th></tr></thead>
        <tbody>
          {classes.slice(0, MOST).map((one) => (
            <tr key={one.label} className="border-t border-line">
              <th scope="row" className="max-w-72 truncate px-3 py-1 text-left font-normal" title={partText(pair.part, one.label)}>{partText(pair.part, one.label)}</th>
              <td className="px-3 py-1 text-right">{formatCount(one.support)}</td><td className="px-3 py-1 text-right">{formatCount(one.predicted)}</td>
              <td className="w-24 px-1 py-1"><Bar share={one.f1} /></td><td className="px-3 py-1 text-right">{formatShare(one.f1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {classes.length > MOST ? <p className="px-3 py-1.5 text-12 text-dim">{formatCount(classes.length - MOST)} further classes agree more.</p> : null}
    </div>
  )
}
