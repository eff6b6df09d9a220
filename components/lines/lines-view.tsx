'use client'
import type { Comparison } from '@/lib/experiments/compare/comparison'
import { formatCount } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Section } from '@/components/ui/page'
import { useAheadState } from '@/components/url/use-ahead-state'
import { runText, type NamedRun } from './compared-runs'
import { DifferencesTable } from './differences-table'
import { LinesExplorer } from './lines-explorer'
import { KINDS, linesCodec, narrowed, toggled } from './lines-state'
import { OutcomeTable } from './outcome-table'
import { Statistics } from './statistics'
import { verdict } from './verdict'

interface Props {
  readonly a: NamedRun
  readonly b: NamedRun
  readonly dataset: string | null
  readonly comparison: Comparison & { readonly warnings: readonly string[] }
}

/** Two runs line by line: what to beware of, the four counts with their tests, where they differ, and the lines themselves. */
export function LinesView({ a, b, dataset, comparison }: Props) {
  const [state, change] = useAheadState(linesCodec)
  return (
    <>
      {comparison.warnings.length > 0 ? <Notice tone="warn" className="mb-6">{comparison.warnings.length === 1 ? comparison.warnings[0] : <ul className="list-disc space-y-1 pl-4">{comparison.warnings.map((text) => <li key={text}>{text}</li>)}</ul>}</Notice> : null}
      <p className="mb-4 max-w-[90ch] text-14">{verdict(comparison, 'A', 'B')}</p>
      <div className="grid items-start gap-x-8 xl:grid-cols-[minmax(0,23rem)_minmax(0,1fr)]">
        <Section title="Who is right" aside={<span className="text-12 text-dim">{formatCount(comparison.lines)} lines in common</span>}><OutcomeTable counts={comparison.counts} shown={state.show} onToggle={(outcome) => change((now) => ({ ...now, show: toggled(now.show, outcome) }))} /></Section>
        <Section title="Does it matter"><Statistics comparison={comparison} /></Section>
      </div>
      <Section title="Where they differ" aside={(
        <div role="group" aria-label="Differences by" className="flex flex-wrap gap-1">
          {KINDS.map((kind) => <Button key={kind} size="sm" tone="quiet" aria-pressed={state.by === kind} className={state.by === kind ? 'bg-accent-bg text-ink' : ''} onClick={() => change((now) => ({ ...now, by: kind }))}>by {kind}</Button>)}
        </div>
      )}>
        <DifferencesTable key={state.by} rows={comparison.tables[state.by]} by={state.by} onOpen={(key) => change((now) => ({ ...now, only: narrowed(now.only, state.by, key) }), true)} />
      </Section>
      <LinesExplorer a={a.id} b={b.id} dataset={dataset} state={state} change={change} />
      <p className="text-12 text-dim">A is {runText(a)}, B is {runText(b)}. Contexts are those of the truth as it is labelled now.</p>
    </>
  )
}
