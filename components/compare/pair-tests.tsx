'use client'
import Link from 'next/link'
import { Mark } from '@/components/charts/marker'
import { formatCount } from '@/components/format/number'
import { pText, signedText } from '@/components/lines/figure-text'
import { verdict } from '@/components/lines/verdict'
import { cn } from '@/components/ui/cn'
import type { ComparedRun } from './compared-run'
import { pairKey, type ComparedPair, type PairAnswer } from './use-pairs'

interface Props {
  baseline: ComparedRun
  others: readonly ComparedRun[]
  answers: ReadonlyMap<string, PairAnswer>
  chosen: string | null
  onChoose: (id: string) => void
}

const HEADS = ['Against the baseline', 'Lines in common', 'Tuple accuracy', 'Macro F1, whole labels', 'McNemar p', 'What it says', ''] as const

/** Whether each run differs from the baseline by more than chance, on the lines that both were scored on. */
export function PairTests({ baseline, others, answers, chosen, onChoose }: Props) {
  return (
    <>
      <div className="relative overflow-x-auto rounded-md border border-line" tabIndex={0} role="region" aria-label="Tests against the baseline">
        <table className="w-full min-w-200">
          <thead className="bg-panel text-12 text-dim"><tr>{HEADS.map((head) => <th key={head} scope="col" className="px-3 py-2 text-left font-medium">{head || <span className="sr-only">Line by line</span>}</th>)}</tr></thead>
          <tbody>{others.map((other) => <PairRow key={other.run.id} baseline={baseline} other={other} answer={answers.get(pairKey(baseline.run.id, other.run.id))} chosen={chosen === other.run.id} onChoose={onChoose} />)}</tbody>
        </table>
      </div>
      <p className="mt-2 text-12 text-dim">Differences are those of the run less {baseline.name}, on the lines that both were scored on; in brackets the 95 % interval of a paired bootstrap that draws whole contexts. McNemar’s test takes lines for independent, which lines of one context are not: trust the interval where the two disagree.</p>
    </>
  )
}

function PairRow({ baseline, other, answer, chosen, onChoose }: { baseline: ComparedRun; other: ComparedRun; answer: PairAnswer | undefined; chosen: boolean; onChoose: (id: string) => void }) {
  const { run, look, name } = other
  return (
    <tr className={cn('border-t border-line align-top', chosen && 'bg-accent-bg')}>
      <th scope="row" className="px-3 py-2 text-left font-medium">
        <button type="button" aria-pressed={chosen} className="flex items-center gap-1.5 text-left whitespace-nowrap hover:underline" title="Show by label, context, verb or user where they differ" onClick={() => onChoose(run.id)}>
          <svg viewBox="0 0 14 14" className="size-3.5 shrink-0" aria-hidden><Mark kind={look.marker} color={look.color} x={7} y={7} /></svg>{name}
        </button>
        <span className="block text-12 font-normal text-dim">{run.protocol === baseline.run.protocol ? `${run.protocol} protocol` : `${run.protocol} against ${baseline.run.protocol} protocol`}</span>
      </th>
      {answer && 'pair' in answer ? <PairCells baseline={baseline} other={other} pair={answer.pair} /> : <td colSpan={6} className="px-3 py-2 text-dim">{answer ? answer.refusal : <span className="skeleton block h-5 w-full" role="status" aria-label={`Comparing ${name}`} />}</td>}
    </tr>
  )
}

function PairCells({ baseline, other, pair }: { baseline: ComparedRun; other: ComparedRun; pair: ComparedPair }) {
  const { byContexts } = pair
  return (
    <>
      <td className="px-3 py-2">{formatCount(pair.lines)}{pair.onlyInA + pair.onlyInB > 0 ? <span className="block text-12 text-warn">not the same lines</span> : null}</td>
      <td className="px-3 py-2 whitespace-nowrap"><Difference {...byContexts.accuracy.difference} /></td>
      <td className="px-3 py-2 whitespace-nowrap"><Difference {...byContexts.macroF1.difference} /></td>
      <td className="px-3 py-2 whitespace-nowrap">{pText(pair.mcNemar.exact)}<span className="block text-12 text-dim">{formatCount(pair.counts.a)} : {formatCount(pair.counts.b)} alone right</span></td>
      <td className="max-w-104 min-w-64 px-3 py-2">
        {verdict(pair, baseline.name, other.name)}
        {pair.warnings.map((warning) => <span key={warning} className="mt-1 block text-12 text-warn">⚠ {warning}</span>)}
      </td>
      <td className="px-3 py-2 whitespace-nowrap"><Link className="link" href={`/compare/lines?a=${baseline.run.id}&b=${other.run.id}`}>Line by line</Link></td>
    </>
  )
}

/** A difference with its interval; an interval that holds zero stays grey. */
export function Difference({ value, low, high }: { value: number; low: number; high: number }) {
  const apart = low > 0 || high < 0
  return (
    <>
      <b className={cn('font-semibold', apart && (value > 0 ? 'text-good' : 'text-bad'))}>{signedText(value)}{apart ? (value > 0 ? ' ▲' : ' ▼') : ''}</b>
      <span className="block text-12 text-dim">[{signedText(low)}, {signedText(high)}]</span>
    </>
  )
}
