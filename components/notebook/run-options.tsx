'use client'
import { SCALES } from '@/lib/experiments/spec/experiment-spec'
import { GROUPINGS, type Cell, type CellOf } from '@/lib/notebook/cell'
import type { ExperimentChoice, Named as Option } from '@/lib/notebook/experiment-choice'
import { Field, Input } from '@/components/ui/field'
import { cellOptions, Checks, Choice, MEASURE_OPTIONS, plain, ROW, without, type Props } from './option-fields'

const NUMBER: Option = { value: 'number', label: 'Number of the run' }

/** Those of the experiment first, then all others. */
function withOthers(own: readonly Option[]): Option[] {
  return [...own, ...MEASURE_OPTIONS.filter(({ value }) => !own.some((one) => one.value === value))]
}

export function ChartOptions({ cell, cells, choices, onChange }: Props<CellOf<'chart'>>) {
  const needed = cells.find((one) => one.id === cell.from)
  const source = cell.from ?? (cell.experiment === undefined ? undefined : `all:${cell.experiment}`)
  const sources = [...cellOptions(cells, ['query', 'experiment'], cell.id), ...choices.experiments.map(({ name, title }) => ({ value: `all:${name}`, label: `all runs of ${title}` }))]
  const experiment = choices.experiments.find(({ name }) => name === (needed?.kind === 'experiment' ? needed.experiment : cell.experiment))
  const setSource = (value: string | undefined): void => {
    const { from: _from, experiment: _experiment, where: _where, ...rest } = cell
    const chosen = cells.find((one) => one.id === value)
    if (chosen?.kind === 'query') return onChange({ ...rest, x: GROUPINGS.some((name) => name === cell.x) ? cell.x : 'user', from: chosen.id })
    const name = chosen?.kind === 'experiment' ? chosen.experiment : value?.slice('all:'.length)
    onChange({ ...rest, ...usualAxes(rest, choices.experiments.find((one) => one.name === name)), ...(chosen ? { from: chosen.id } : name === undefined ? {} : { experiment: name }) })
  }
  return (
    <div className={ROW}>
      <Choice label="Made from" value={source} options={sources} onChange={setSource} />
      {needed?.kind === 'query' ? <Choice label="Count by" value={cell.x} options={plain(['time', ...GROUPINGS])} onChange={(x) => onChange({ ...cell, x: x ?? 'time' })} /> : <RunAxes cell={cell} experiment={experiment} onChange={onChange} />}
    </div>
  )
}

function RunAxes({ cell, experiment, onChange }: { cell: CellOf<'chart'>; experiment: ExperimentChoice | undefined; onChange: (cell: Cell) => void }) {
  const axes = experiment?.axes ?? []
  return (
    <>
      <Choice label="Over" value={cell.x} options={[...axes, NUMBER, ...MEASURE_OPTIONS]} onChange={(x) => onChange({ ...cell, x: x ?? cell.x })} />
      <Choice label="Figure" value={cell.y} options={withOthers(experiment?.measures ?? [])} onChange={(y) => onChange({ ...cell, y: y ?? cell.y })} />
      <Choice label="One line for each" value={cell.by} options={[...axes, { value: 'none', label: 'none' }]} onChange={(by) => onChange({ ...cell, by: by ?? 'none' })} />
      <Field label="Only where" hint="axis:value, e.g. vote:majority"><Input defaultValue={cell.where ?? ''} onChange={(event) => {
        const where = event.target.value.replace(/\s+/g, '')
        if (where === '' || WHERE.test(where)) onChange(without({ ...cell, where: where === '' ? undefined : where } as CellOf<'chart'>))
      }} /></Field>
    </>
  )
}

const WHERE = /^[A-Za-z][A-Za-z0-9]{0,39}:[^,:]{1,80}(?:,[A-Za-z][A-Za-z0-9]{0,39}:[^,:]{1,80})*$/

/** Axes and a measure that the experiment has; what is set stays where it has that too. */
function usualAxes({ x, y, by }: CellOf<'chart'>, experiment: ExperimentChoice | undefined): { x: string; y: string; by: string } {
  const has = (options: readonly Option[] | undefined, value: string): boolean => options === undefined || options.some((one) => one.value === value)
  const axis = has(experiment?.axes, x) ? x : (experiment?.axes[0]?.value ?? 'window')
  const series = by === 'none' || has(experiment?.axes, by) ? by : (experiment?.axes.find(({ value }) => value !== axis)?.value ?? 'none')
  return { x: axis, y: has(experiment?.measures, y) ? y : (experiment?.measures[0]?.value ?? y), by: series === axis ? 'none' : series }
}

export function ExperimentOptions({ cell, choices, onChange }: Props<CellOf<'experiment'>>) {
  const launches = choices.launches.filter((launch) => launch.experiment === cell.experiment)
  const setExperiment = (experiment: string | undefined): void => {
    const { items: _items, ...rest } = cell
    onChange({ ...rest, experiment: experiment ?? cell.experiment, launch: 'latest' })
  }
  return (
    <>
      <div className={ROW}>
        <Choice label="Experiment" value={cell.experiment} options={choices.experiments.map(({ name, title }) => ({ value: name, label: title }))} onChange={setExperiment} />
        <Choice label="Dataset" value={cell.dataset} none="any" options={plain(choices.datasets.filter((dataset) => dataset.hasTruth).map((dataset) => dataset.name))} onChange={(dataset) => onChange(without({ ...cell, dataset } as CellOf<'experiment'>))} />
        <Choice label="Launch" value={cell.launch} options={[{ value: 'latest', label: 'the newest' }, ...launches.map((launch) => ({ value: launch.id, label: `${launch.scale} on ${launch.dataset}, ${launch.createdAt.slice(0, 16).replace('T', ' ')}` }))]} onChange={(launch) => onChange({ ...cell, launch: launch ?? 'latest' })} />
        <Choice label="Scale of a new launch" value={cell.scale} options={plain(SCALES)} onChange={(scale) => onChange({ ...cell, scale: SCALES.find((one) => one === scale) ?? 'smoke' })} />
      </div>
      <ItemChoices cell={cell} items={choices.experiments.find(({ name }) => name === cell.experiment)?.items ?? []} onChange={onChange} />
    </>
  )
}

const FINDINGS: Option = { value: 'findings', label: 'Findings' }
const LAST: readonly Option[] = [{ value: 'notes', label: 'What differs, and why' }, { value: 'runs', label: 'Its runs' }]

/** Which tables and figures of the report stand in the cell; none chosen is findings and the first table. */
function ItemChoices({ cell, items, onChange }: { cell: CellOf<'experiment'>; items: readonly Option[]; onChange: (cell: Cell) => void }) {
  const options = [FINDINGS, ...items, ...LAST]
  const chosen = cell.items?.split(',') ?? []
  const set = (value: string, on: boolean): void => {
    const ids = options.map((option) => option.value).filter((one) => (one === value ? on : chosen.includes(one)))
    onChange(without({ ...cell, items: ids.length > 0 ? ids.join(',') : undefined } as CellOf<'experiment'>))
  }
  return <Checks legend="Shown of its report (none chosen: findings and the first table)" options={options} chosen={chosen} onChange={set} />
}

export function ComparisonOptions({ cell, cells, onChange }: Props<CellOf<'comparison'>>) {
  const chosen = cell.measures.split(',')
  const setMeasures = (id: string, on: boolean): void => {
    const measures = MEASURE_OPTIONS.map(({ value }) => value).filter((one) => (one === id ? on : chosen.includes(one)))
    if (measures.length > 0) onChange({ ...cell, measures: measures.join(',') })
  }
  return (
    <>
      <div className={ROW}>
        <Choice label="Runs of" value={cell.from} none="numbers below" options={cellOptions(cells, ['experiment'], cell.id)} onChange={(from) => onChange(without({ ...cell, from } as CellOf<'comparison'>))} />
        {cell.from === undefined ? <Field label="Runs by number" hint="3,4,12"><Input defaultValue={cell.runs ?? ''} pattern="\d+(,\d+)*" onChange={(event) => { if (/^\d{1,9}(?:,\d{1,9}){0,19}$/.test(event.target.value)) onChange({ ...cell, runs: event.target.value }) }} /></Field> : null}
      </div>
      <Checks legend="Figures" options={MEASURE_OPTIONS} chosen={chosen} onChange={setMeasures} />
    </>
  )
}
