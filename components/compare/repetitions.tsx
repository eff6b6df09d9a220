'use client'
import Link from 'next/link'
import { useMemo } from 'react'
import { spreadOf } from '@/components/columns/group'
import { plural } from '@/components/format/number'
import { pText } from '@/components/lines/figure-text'
import { ALL_MEASURES, measure as measureOf, type Measure } from '@/components/runs/measures'
import { cn } from '@/components/ui/cn'
import { Select } from '@/components/ui/field'
import { Section } from '@/components/ui/page'
import type { CompareState } from './compare-state'
import type { ComparedRun } from './compared-run'
import { figureOf, repeatedFigures, repetitionGroups, type RepeatedFigure } from './repetition-groups'

const FIRST = ['lineMacroF1', 'windowPartsF1', 'lineAccuracy']
const WIDTH = 180

/** Settings repeated over seeds: every value, mean and deviation, and whether the means differ by more than chance. Shown where something was repeated. */
export function Repetitions({ runs, baseline, state, change }: { runs: readonly ComparedRun[]; baseline: ComparedRun; state: CompareState; change: (next: (now: CompareState) => CompareState) => void }) {
  const measures = ALL_MEASURES.filter((one) => runs.some((run) => figureOf(run, one) !== null))
  const chosen = measureOf(state.measure ?? FIRST.find((id) => measures.some((one) => one.id === id)) ?? measures[0]?.id ?? '')
  const ids = runs.map((one) => one.run.id).join(',')
  // Runs are made anew on every rendering; their ids tell whether anything changed.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const groups = useMemo(() => repetitionGroups(runs), [ids])
  const rows = useMemo(() => (chosen ? repeatedFigures(groups, groups.flatMap((group) => group.runs).find((one) => one.run.id === baseline.run.id) ?? baseline, chosen.id) : []), [groups, baseline, chosen])
  if (!chosen || groups.length < 2 || !groups.some((group) => group.runs.length > 1)) return null
  const aside = <Select aria-label="Measure of the repetitions" value={chosen.id} onChange={({ target }) => change((now) => ({ ...now, measure: target.value }))}>{measures.map((one) => <option key={one.id} value={one.id}>{one.label}</option>)}</Select>
  const all = rows.flatMap((row) => row.values.map(({ value }) => value))
  const [low, high] = [Math.min(...all), Math.max(...all)]
  return (
    <Section title="Repetitions over seeds" aside={aside}>
      <div className="relative overflow-x-auto rounded-md border border-line" tabIndex={0} role="region" aria-label="Repetitions over seeds">
        <table className="w-full min-w-200">
          <thead className="bg-panel text-12 text-dim"><tr>{['Setting', 'Runs', `Every value of ${chosen.label}`, 'Mean ± deviation', 'Difference of means', 'p', ''].map((head) => <th key={head} scope="col" className="px-3 py-2 text-left font-medium">{head || <span className="sr-only">How</span>}</th>)}</tr></thead>
          <tbody>{rows.map((row) => <GroupLine key={row.group.key} row={row} chosen={chosen} isBaseline={row.group.runs.some((one) => one.run.id === baseline.run.id)} low={low} high={high} />)}</tbody>
        </table>
      </div>
      <p className="mt-2 text-12 text-dim">Differences are to the setting of {baseline.name}; in brackets the 95 % interval of a bootstrap over repetitions, p by a permutation test. Repetitions of the same seeds are compared seed by seed. With few seeds the smallest p that can come out is large: {plural(3, 'seed')} a side never show less than .25.</p>
    </Section>
  )
}

function GroupLine({ row: { group, values, comparison }, chosen, isBaseline, low, high }: { row: RepeatedFigure; chosen: Measure; isBaseline: boolean; low: number; high: number }) {
  const spread = spreadOf({ kind: 'number', key: '', from: '', title: '', short: '', hint: '', better: null, format: chosen.format, values: Float64Array.from(values, ({ value }) => value) }, Int32Array.from(values, (_, place) => place))
  return (
    <tr className={cn('border-t border-line align-top', isBaseline && 'bg-accent-bg')}>
      <th scope="row" className="max-w-88 px-3 py-2 text-left font-medium break-words">{group.name}{isBaseline ? <span className="ml-1.5 text-12 font-normal text-accent">baseline</span> : null}</th>
      <td className="px-3 py-2">{values.length}</td>
      <td className="px-3 py-2"><Dots values={values} chosen={chosen} low={low} high={high} mean={spread?.mean ?? null} /></td>
      <td className="px-3 py-2 whitespace-nowrap">{spread ? <>{chosen.format(spread.mean)}{spread.deviation === null ? null : <span className="text-dim"> ± {chosen.format(spread.deviation)}</span>}</> : '–'}</td>
      {comparison ? <ComparisonCells comparison={comparison} chosen={chosen} /> : <td colSpan={3} className="px-3 py-2 text-dim">{isBaseline ? '' : 'Either side needs two finished runs or more.'}</td>}
    </tr>
  )
}

function ComparisonCells({ comparison: { difference, permutation, paired }, chosen }: { comparison: NonNullable<RepeatedFigure['comparison']>; chosen: Measure }) {
  const apart = difference.low > 0 || difference.high < 0
  const good = chosen.better === null ? null : (difference.value > 0) === (chosen.better === 'more')
  const signed = (value: number): string => `${value < 0 ? '−' : '+'}${chosen.format(Math.abs(value))}`
  return (
    <>
      <td className="px-3 py-2 whitespace-nowrap"><b className={cn('font-semibold', apart && good !== null && (good ? 'text-good' : 'text-bad'))}>{signed(difference.value)}{apart && good !== null ? (good ? ' ▲' : ' ▼') : ''}</b><span className="block text-12 text-dim">[{signed(difference.low)}, {signed(difference.high)}]</span></td>
      <td className="px-3 py-2 whitespace-nowrap">{pText(permutation.p)}</td>
      <td className="px-3 py-2 text-12 text-dim">{paired ? 'paired by seed' : 'not paired'}{permutation.exact ? ', exact' : ''}</td>
    </>
  )
}

/** Every repetition as a dot that opens its run, and the mean as a stroke. */
function Dots({ values, chosen, low, high, mean }: { values: RepeatedFigure['values']; chosen: Measure; low: number; high: number; mean: number | null }) {
  const x = (value: number): number => (high > low ? 8 + ((value - low) / (high - low)) * (WIDTH - 16) : WIDTH / 2)
  return (
    <svg width={WIDTH} height={20} role="group" aria-label={`${values.length} values from ${chosen.format(Math.min(...values.map(({ value }) => value)))} to ${chosen.format(Math.max(...values.map(({ value }) => value)))}`}>
      <path d={`M8 10H${WIDTH - 8}`} stroke="var(--color-line)" />
      {mean === null ? null : <path d={`M${x(mean)} 3V17`} stroke="var(--color-ink)" strokeWidth={1.5} />}
      {values.map(({ run, value }) => (
        <Link key={run.run.id} href={`/runs/${run.run.id}`} prefetch={false} aria-label={`${run.name}, seed ${run.run.seed}: ${chosen.format(value)}`}>
          <title>{`${run.name}, seed ${run.run.seed}: ${chosen.format(value)}`}</title>
          <circle cx={x(value)} cy={10} r={4} fill={run.look.color} fillOpacity={0.7} />
        </Link>
      ))}
    </svg>
  )
}
