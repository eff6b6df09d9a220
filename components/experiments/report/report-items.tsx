'use client'
import type { Report, ReportItem } from '@/lib/experiments/report/report-types'
import { cn } from '@/components/ui/cn'
import { itemTexts } from './item-texts'
import { ReportItemView } from './report-item'

/** Tables and figures in reading order. Figures stand two beside each other where there is room; tables and long figures have a row of their own. `trials` are tables of the trials of a search. */
export function ReportItems({ report, trials = [], className }: { report: Report; trials?: readonly string[]; className?: string }) {
  const whole = wholeRows(report.items)
  return (
    <div className={cn('grid gap-4 xl:grid-cols-2', className)}>
      {report.items.map((item, index) => <div key={item.id} className={cn('min-w-0', whole[index] && 'xl:col-span-2')}><ReportItemView item={item} texts={itemTexts(report, item)} trials={trials.includes(item.id)} /></div>)}
    </div>
  )
}

/** Which items take a whole row: what is wide, and a narrow one that would stand alone. */
export function wholeRows(items: readonly ReportItem[]): boolean[] {
  const wide = items.map(({ body }) => body.kind === 'table' || body.kind === 'strips' || (body.kind === 'bars' && body.horizontal))
  let column = 0
  return wide.map((is, index) => {
    if (is) {
      column = 0
      return true
    }
    const alone = column === 0 && (wide[index + 1] ?? true)
    column = alone ? 0 : 1 - column
    return alone
  })
}
