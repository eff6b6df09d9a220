import { ArrowDown, ArrowUp } from 'lucide-react'
import { cn } from '@/components/ui/cn'
import { MEASURES } from '@/components/runs/measures'
import { change } from './differences'
import { ScrollTable } from './scroll-table'
import type { ComparedRun } from './compared-run'

const figureOf = (one: ComparedRun, measure: (typeof MEASURES)[number]): number | null => (one.run[measure.from] as Readonly<Record<string, number>> | null)?.[measure.id] ?? null

type Measure = (typeof MEASURES)[number]

/** Every figure of every run, the best in bold, with the way it moved from the baseline. */
export function MetricsTable({ runs, baseline }: { runs: readonly ComparedRun[]; baseline: ComparedRun }) {
  const measures = MEASURES.filter((measure) => runs.some((one) => figureOf(one, measure) !== null))
  if (measures.length === 0) return <p className="text-dim">None of these runs has figures yet; they are written when a run ends.</p>
  return (
    <ScrollTable label="Figures" runs={runs}>
      {measures.map((measure) => <MeasureRow key={measure.id} measure={measure} runs={runs} baseline={figureOf(baseline, measure)} baselineId={baseline.run.id} />)}
    </ScrollTable>
  )
}

function MeasureRow({ measure, runs, baseline, baselineId }: { measure: Measure; runs: readonly ComparedRun[]; baseline: number | null; baselineId: string }) {
  const values = runs.map((one) => figureOf(one, measure))
  const known = values.filter((value) => value !== null)
  const best = measure.better === null || known.length < 2 ? null : measure.better === 'more' ? Math.max(...known) : Math.min(...known)
  return (
    <tr className="border-t border-line">
      <th scope="row" className="sticky left-0 bg-bg px-3 py-1.5 text-left font-normal" title={measure.hint}>{measure.label}</th>
      {runs.map((one, index) => <FigureCell key={one.run.id} value={values[index] ?? null} best={best} measure={measure} baseline={one.run.id === baselineId ? null : baseline} />)}
    </tr>
  )
}

function FigureCell({ value, best, measure, baseline }: { value: number | null; best: number | null; measure: Measure; baseline: number | null }) {
  if (value === null) return <td className="px-3 py-1.5 text-right text-dim">–</td>
  const moved = baseline === null ? null : change(value, baseline, measure.better)
  const Icon = moved && moved.delta > 0 ? ArrowUp : ArrowDown
  return (
    <td className="px-3 py-1.5 text-right whitespace-nowrap">
      <span className={cn(value === best && 'font-semibold')}>{measure.format(value)}</span>
      <span className={cn('ml-2 inline-flex w-24 items-center justify-end gap-0.5 text-12', moved?.good === true ? 'text-good' : moved?.good === false ? 'text-bad' : 'text-dim')}>
        {moved ? <><Icon aria-hidden className="size-3" />{measure.format(Math.abs(moved.delta))}<span className="sr-only">{moved.good === null ? '' : moved.good ? 'better' : 'worse'} than the baseline</span></> : null}
      </span>
    </td>
  )
}
