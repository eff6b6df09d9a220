'use client'
import type { EpochRow } from '@/lib/experiments/execute-types'
import type { RunView } from '@/components/runs/run-view'
import { Section } from '@/components/ui/page'
import { useUrlState } from '@/components/url/use-url-state'
import { ClassDifferences } from './class-differences'
import { CompareCurves } from './compare-curves'
import { compareCodec } from './compare-state'
import { comparedRuns } from './compared-run'
import { MetricsTable } from './metrics-table'
import { RunChips } from './run-chips'
import { SettingsTable } from './settings-table'

/** Any number of runs side by side: figures against a baseline, what differs, curves, labels. */
export function CompareView({ runs: all, epochs }: { runs: readonly RunView[]; epochs: Readonly<Record<string, readonly EpochRow[]>> }) {
  const [state, change] = useUrlState(compareCodec)
  const runs = comparedRuns(all.filter((run) => state.runs.includes(run.id)), epochs)
  const baseline = runs.find((one) => one.run.id === state.baseline) ?? runs.find((one) => one.run.pinned) ?? runs[0]
  const protocols = [...new Set(runs.map((one) => one.run.protocol))]
  if (!baseline) return null
  return (
    <>
      <RunChips runs={runs} baseline={baseline.run.id} onBaseline={(id) => change((now) => ({ ...now, baseline: id }))} onRemove={(id) => change((now) => ({ ...now, runs: now.runs.filter((other) => other !== id) }), true)} />
      {protocols.length > 1 ? <p className="mb-4 text-dim">These runs follow different protocols ({protocols.join(', ')}): their scores answer different questions.</p> : null}
      <Section title="Figures" aside={<span className="text-12 text-dim">differences are to {baseline.name}</span>}><MetricsTable runs={runs} baseline={baseline} /></Section>
      <Section
        title="Settings"
        aside={(
          <label className="flex items-center gap-2 text-12">
            <input type="checkbox" checked={state.all} onChange={(event) => change((now) => ({ ...now, all: event.target.checked }))} />
            show all, not only what differs
          </label>
        )}
      >
        <SettingsTable runs={runs} all={state.all} />
      </Section>
      <CompareCurves runs={runs} state={state} change={change} />
      <Section title="By label" aside={<span className="text-12 text-dim">F1 on each run’s own test lines, largest disagreement first</span>}><ClassDifferences runs={runs} /></Section>
    </>
  )
}
