'use client'
import { Figure } from '@/components/charts/figure'
import { LinePlot } from '@/components/charts/line-plot'
import { toFigureData, wholeTicks } from '@/components/charts/plot-data'
import { Smoothing } from '@/components/charts/smoothing'
import { epochSeries } from '@/components/runs/epoch-series'
import { Select } from '@/components/ui/field'
import { Section } from '@/components/ui/page'
import { CURVES, type CompareState, type Curve } from './compare-state'
import type { ComparedRun } from './compared-run'

const NAMES: Readonly<Record<Curve, string>> = { validationLoss: 'Validation loss', validationAccuracy: 'Validation accuracy', loss: 'Training loss', accuracy: 'Training accuracy' }

/** One curve of every run over one another. */
export function CompareCurves({ runs, state, change }: { runs: readonly ComparedRun[]; state: CompareState; change: (next: (now: CompareState) => CompareState) => void }) {
  const series = runs.filter((one) => one.epochs.length > 0).map((one) => epochSeries(one.epochs, state.curve, { key: one.run.id, label: one.name, ...one.look }, state.smoothing))
  const aside = (
    <div className="flex items-center gap-4 text-12 text-dim">
      <Select aria-label="Curve" value={state.curve} onChange={(event) => change((now) => ({ ...now, curve: CURVES.find((name) => name === event.target.value) ?? 'validationLoss' }))}>{CURVES.map((name) => <option key={name} value={name}>{NAMES[name]}</option>)}</Select>
      <Smoothing value={state.smoothing} onChange={(smoothing) => change((now) => ({ ...now, smoothing }))} />
    </div>
  )
  const protocols = [...new Set(runs.map((one) => one.run.protocol))].join(' and ')
  return (
    <Section title="Curves" aside={aside}>
      {series.length === 0 ? <p className="text-dim">No epoch of these runs has ended yet.</p> : (
        <Figure id="curves" title={NAMES[state.curve]} note={`${protocols} protocol`} data={toFigureData(series, 'epoch', NAMES[state.curve])}>
          <LinePlot
            series={series}
            x={{ label: 'epoch', ticks: wholeTicks(1, Math.max(1, ...runs.map((one) => one.epochs.at(-1)?.epoch ?? 1))) }}
            y={{ label: NAMES[state.curve].toLowerCase() }}
            height={Math.max(300, series.length * 16 + 60)}
            labelWidth={150}
            description={`${NAMES[state.curve]} of ${series.length} runs over epochs.`}
          />
        </Figure>
      )}
    </Section>
  )
}
