import { ArrowDown, ArrowUp } from 'lucide-react'
import { cn } from '@/components/ui/cn'
import { pText, signedText } from '@/components/lines/figure-text'
import { ALL_MEASURES, measure as measureOf, type Measure } from '@/components/runs/measures'
import { change } from './differences'
import { figureOf } from './repetition-groups'
import { ScrollTable } from './scroll-table'
import type { ComparedRun } from './compared-run'
import { pairKey, type PairAnswer } from './use-pairs'

interface FigureRow {
  readonly key: string
  readonly title: string
  readonly measure: Measure
  readonly values: readonly (number | null)[]
}

/** Figures that are tested line by line, and what the test calls them. */
const TESTED: Readonly<Record<string, 'accuracy' | 'macroF1'>> = { lineAccuracy: 'accuracy', lineMacroF1: 'macroF1' }

/** Every figure of every run, the best in bold, with the way it moved from the baseline and, where there is one, the test of it. */
export function MetricsTable({ runs, baseline, all, answers }: { runs: readonly ComparedRun[]; baseline: ComparedRun; all: boolean; answers: ReadonlyMap<string, PairAnswer> }) {
  const rows = [...figureRows(runs), ...pointRows(runs)]
  const shown = all ? rows : rows.filter(({ values }) => values.some((value) => value !== values[0]))
  const place = runs.indexOf(baseline)
  if (rows.length === 0) return <p className="text-dim">None of these runs has figures yet; they are written when a run ends.</p>
  if (shown.length === 0) return <p className="text-dim">{runs.length > 1 ? `All ${rows.length} figures are the same.` : 'One run alone differs in nothing; show all, or choose more.'}</p>
  return (
    <ScrollTable label="Figures" runs={runs}>
      {shown.map((row) => (
        <tr key={row.key} className="border-t border-line">
          <th scope="row" className="sticky left-0 max-w-72 min-w-44 bg-bg px-3 py-1.5 text-left font-normal" title={row.measure.hint}>{row.title}</th>
          {runs.map((one, index) => <FigureCell key={one.run.id} row={row} value={row.values[index] ?? null} baseline={index === place ? null : (row.values[place] ?? null)} test={testOf(row.key, answers.get(pairKey(baseline.run.id, one.run.id)))} />)}
        </tr>
      ))}
    </ScrollTable>
  )
}

function figureRows(runs: readonly ComparedRun[]): FigureRow[] {
  return ALL_MEASURES.flatMap((measure) => {
    const values = runs.map((one) => figureOf(one, measure))
    return values.every((value) => value === null) ? [] : [{ key: measure.id, title: measure.label, measure, values }]
  })
}

/** What runs with several points measured, one row for each measure at each place. */
function pointRows(runs: readonly ComparedRun[]): FigureRow[] {
  const rows = new Map<string, FigureRow & { values: (number | null)[] }>()
  runs.forEach(({ run }, index) => {
    if (run.points.length < 2) return
    for (const { axes, measures } of run.points) for (const [name, value] of Object.entries(measures)) {
      const at = Object.entries(axes).map(([axis, place]) => `${axis} ${place}`).join(', ')
      const measure = measureOf(name) ?? { id: name, label: name, short: name, hint: '', format: String, better: null, from: 'points' as const }
      const key = `${name} ${at}`
      const row = rows.get(key) ?? { key, title: at ? `${measure.label}: ${at}` : measure.label, measure, values: runs.map(() => null) }
      row.values[index] = value
      rows.set(key, row)
    }
  })
  return [...rows.values()]
}

interface Test { readonly text: string; readonly hint: string }

function testOf(key: string, answer: PairAnswer | undefined): Test | null {
  const figure = Object.hasOwn(TESTED, key) ? TESTED[key] : undefined
  if (!figure || !answer || !('pair' in answer)) return null
  const { difference } = answer.pair.byContexts[figure]
  const same = answer.pair.onlyInA + answer.pair.onlyInB === 0
  return {
    text: `[${signedText(difference.low)}, ${signedText(difference.high)}], p ${pText(difference.p)}${same ? '' : ' ⚠'}`,
    hint: `Paired bootstrap over contexts on ${answer.pair.lines.toLocaleString('en')} lines in common: ${signedText(difference.value)}.${same ? '' : ' The runs were not scored on the same lines, so that this is not the difference of the figures above.'}`,
  }
}

function FigureCell({ row: { measure, values }, value, baseline, test }: { row: FigureRow; value: number | null; baseline: number | null; test: Test | null }) {
  if (value === null) return <td className="px-3 py-1.5 text-right text-dim">–</td>
  const known = values.filter((one) => one !== null)
  const best = measure.better === null || known.length < 2 ? null : measure.better === 'more' ? Math.max(...known) : Math.min(...known)
  const moved = baseline === null ? null : change(value, baseline, measure.better)
  const Icon = moved && moved.delta > 0 ? ArrowUp : ArrowDown
  return (
    <td className="px-3 py-1.5 text-right whitespace-nowrap">
      <span className={cn(value === best && 'font-semibold')}>{measure.format(value)}</span>
      <span className={cn('ml-2 inline-flex w-24 items-center justify-end gap-0.5 text-12', moved?.good === true ? 'text-good' : moved?.good === false ? 'text-bad' : 'text-dim')}>
        {moved ? <><Icon aria-hidden className="size-3" />{moved.delta > 0 ? '+' : '−'}{measure.format(Math.abs(moved.delta))}<span className="sr-only">{moved.good === null ? '' : moved.good ? 'better' : 'worse'} than the baseline</span></> : null}
      </span>
      {test ? <span className="block text-12 text-dim" title={test.hint}>{test.text}</span> : null}
    </td>
  )
}
