'use client'
import type { EpochRow } from '@/lib/experiments/execute-types'
import type { RunView } from '@/components/runs/run-view'
import { useKey } from '@/components/keys/use-key'
import { Notice } from '@/components/ui/notice'
import { Section } from '@/components/ui/page'
import { useUndo } from '@/components/ui/use-undo'
import { useUrlState } from '@/components/url/use-url-state'
import { ClassDifferences } from './class-differences'
import { CompareCurves } from './compare-curves'
import { compareCodec } from './compare-state'
import { comparedRuns } from './compared-run'
import { MetricsTable } from './metrics-table'
import { PairSection } from './pair-section'
import { Repetitions } from './repetitions'
import { RunChips } from './run-chips'
import { SettingsTable } from './settings-table'

interface Props {
  runs: readonly RunView[]
  epochs: Readonly<Record<string, readonly EpochRow[]>>
  answered: Readonly<Record<string, number>>
}

/** Any number of runs side by side: figures against a baseline and whether they differ by more than chance, what differs, repetitions, curves, labels. */
export function CompareView({ runs: all, epochs, answered }: Props) {
  const [state, change] = useUrlState(compareCodec)
  const done = useUndo()
  const runs = comparedRuns(all.filter((run) => state.runs.includes(run.id)), epochs)
  const baseline = runs.find((one) => one.run.id === state.baseline) ?? runs.find((one) => one.run.pinned) ?? runs[0]
  const place = baseline ? runs.indexOf(baseline) : 0
  const step = (by: number) => (): void => change((now) => ({ ...now, baseline: runs[(place + by + runs.length) % runs.length]?.run.id ?? null }))
  useKey('d', 'Only what differs, or all', 'Compare', () => change((now) => ({ ...now, all: !now.all })))
  useKey(']', 'Next run as baseline', 'Compare', step(1))
  useKey('[', 'Previous run as baseline', 'Compare', step(-1))
  if (!baseline) return <Notice>Every run is taken out. Press Ctrl Z to bring the last one back, or choose others in Runs.</Notice>
  const protocols = [...new Set(runs.map((one) => one.run.protocol))]
  const remove = (id: string): void => {
    const before = state.runs
    change((now) => ({ ...now, runs: now.runs.filter((other) => other !== id) }), true)
    done('The run is taken out of the comparison.', () => change((now) => ({ ...now, runs: before })))
  }
  const showAll = (
    <label className="flex items-center gap-2 text-12">
      <input type="checkbox" checked={state.all} onChange={(event) => change((now) => ({ ...now, all: event.target.checked }))} />
      show all, not only what differs
    </label>
  )
  return (
    <>
      <RunChips runs={runs} baseline={baseline.run.id} onBaseline={(id) => change((now) => ({ ...now, baseline: id }))} onRemove={remove} />
      {protocols.length > 1 ? <Notice tone="warn" className="mb-4">These runs follow different protocols ({protocols.join(', ')}): their scores answer different questions.</Notice> : null}
      <PairSection runs={runs} baseline={baseline} answered={answered} state={state} change={change}>
        {(answers) => <Section title="Figures" aside={<span className="flex items-center gap-4 text-12 text-dim">differences are to {baseline.name}{showAll}</span>}><MetricsTable runs={runs} baseline={baseline} all={state.all} answers={answers} /></Section>}
      </PairSection>
      <Repetitions runs={runs} baseline={baseline} state={state} change={change} />
      <Section title="Settings" aside={showAll}><SettingsTable runs={runs} all={state.all} /></Section>
      <CompareCurves runs={runs} state={state} change={change} />
      <Section title="By label" aside={<span className="text-12 text-dim">F1 on each run’s own test lines, largest disagreement first</span>}><ClassDifferences runs={runs} /></Section>
    </>
  )
}
