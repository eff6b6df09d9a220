'use client'
import { useState } from 'react'
import type { ModelExplanation } from '@/lib/model/explain/explanation-file'
import { Figure } from '@/components/charts/figure'
import { formatCount, formatScore } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/field'
import { Section } from '@/components/ui/page'
import { ImportanceChart } from './importance-chart'
import { IMPORTANCE_MEASURES, MEASURE_TEXT, type ExplanationState, type ImportanceMeasure } from './importance-state'

type Report = NonNullable<ModelExplanation['importance']>
const FIRST = 15

/** Of a model that keeps its labels whatever is shuffled, confidence tells more than accuracy. */
function tellingMeasure({ groups, features }: Report): ImportanceMeasure {
  return Math.max(0, ...[...groups, ...features].map(({ accuracy }) => accuracy.mean)) < 0.02 ? 'confidence' : 'accuracy'
}

/** What labelling loses when a feature's values are dealt out anew: the longer the bar, the more the model leans on it. */
export function ImportancePanel({ report, explanation, state, onState }: { report: Report; explanation: ModelExplanation; state: ExplanationState; onState: (state: ExplanationState) => void }) {
  const [whole, setWhole] = useState(false)
  const { by } = state
  const measure = state.measure ?? tellingMeasure(report)
  const rows = report[by].toSorted((a, b) => b[measure].mean - a[measure].mean)
  const shown = whole ? rows : rows.slice(0, FIRST)
  const said = `Importance: ${shown.slice(0, 5).map((row) => `${row.name} ${row[measure].mean.toFixed(4)}`).join(', ')}.`
  const note = `${report.repeats} shufflings on ${formatCount(report.lines)} lines of ${explanation.data.name}${explanation.heldOut ? ' that the model was not trained on' : ' that the model was trained on too, so that it is flattered'}; as it is: accuracy ${formatScore(report.whole.accuracy)}, macro F1 ${formatScore(report.whole.macroF1)}, mean confidence ${formatScore(report.whole.confidence)}; seed ${report.seed}`
  return (
    <Section title="What it looks at" aside={
      <div className="flex flex-wrap items-center gap-2">
        <Select aria-label="What is shuffled" value={by} onChange={(event) => onState({ ...state, by: event.target.value === 'features' ? 'features' : 'groups' })}><option value="groups">groups of features</option><option value="features">single features</option></Select>
        <Select aria-label="What is lost" value={measure} onChange={(event) => onState({ ...state, measure: event.target.value as ImportanceMeasure })}>{IMPORTANCE_MEASURES.map((one) => <option key={one} value={one} title={MEASURE_TEXT[one].hint}>{MEASURE_TEXT[one].label}</option>)}</Select>
      </div>
    }>
      <Figure id="importance" title={`Loss of ${MEASURE_TEXT[measure].label} when ${by === 'groups' ? 'a group of features' : 'a feature'} is shuffled`} note={note} data={{ header: [by === 'groups' ? 'group' : 'feature', 'features', MEASURE_TEXT[measure].axis, 'deviation', ...Array.from({ length: report.repeats }, (_, i) => `shuffling ${i + 1}`)], rows: rows.map((row) => [row.name, row.features, row[measure].mean, row[measure].deviation, ...row[measure].values]) }}>
        <ImportanceChart rows={shown} measure={measure} description={said} />
      </Figure>
      {rows.length > FIRST ? <Button tone="quiet" size="sm" className="mt-2" aria-expanded={whole} onClick={() => setWhole((now) => !now)}>{whole ? `Only the first ${FIRST}` : `All ${rows.length}`}</Button> : null}
    </Section>
  )
}
