'use client'
import { GROUPINGS, SUBJECTS, VIEWS, type Cell, type CellOf } from '@/lib/notebook/cell'
import { RUN_MEASURES } from '@/lib/notebook/measures'
import { SCALES } from '@/lib/experiments/spec/experiment-spec'
import { Field, Input, Select } from '@/components/ui/field'
import type { NotebookChoices } from './notebook-choices'

interface Props<C extends Cell> { readonly cell: C; readonly cells: readonly Cell[]; readonly choices: NotebookChoices; readonly onChange: (cell: Cell) => void }

/** What a cell is made from, as a form. */
export function CellOptions({ cell, ...rest }: Props<Cell>) {
  switch (cell.kind) {
    case 'markdown': return null
    case 'query': return <QueryOptions cell={cell} {...rest} />
    case 'chart': return <ChartOptions cell={cell} {...rest} />
    case 'experiment': return <ExperimentOptions cell={cell} {...rest} />
    case 'comparison': return <ComparisonOptions cell={cell} {...rest} />
    case 'context': return <ContextOptions cell={cell} {...rest} />
  }
}

const ROW = 'mb-2 grid gap-3 sm:grid-cols-2 lg:grid-cols-4'

interface Option { readonly value: string; readonly label: string }
const plain = (values: readonly string[]): Option[] => values.map((value) => ({ value, label: value }))

/** A choice that also shows what is set when it is none of those offered. */
function Choice({ label, value, options, onChange, none }: { label: string; value: string | undefined; options: readonly Option[]; onChange: (value: string | undefined) => void; none?: string }) {
  const known = value === undefined || options.some((option) => option.value === value)
  return (
    <Field label={label}>
      <Select className="w-full" value={value ?? ''} onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}>
        {none !== undefined || value === undefined ? <option value="">{none ?? 'choose'}</option> : null}
        {known ? null : <option value={value}>{value} (not here)</option>}
        {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
      </Select>
    </Field>
  )
}

function datasetOptions(choices: NotebookChoices): Option[] {
  return plain(choices.datasets.map((dataset) => dataset.name))
}

function cellOptions(cells: readonly Cell[], kinds: readonly Cell['kind'][], own: string): Option[] {
  return cells.filter((cell) => cell.id !== own && kinds.includes(cell.kind)).map((cell) => ({ value: cell.id, label: `${cell.id}: ${cell.kind} ${cell.text.slice(0, 40)}` }))
}

/** A copy without what is undefined, as cells have it. */
function without<C extends Cell>(cell: C): Cell {
  return Object.fromEntries(Object.entries(cell).filter(([, value]) => value !== undefined)) as unknown as Cell
}

function QueryOptions({ cell, choices, onChange }: Props<CellOf<'query'>>) {
  return (
    <div className={ROW}>
      <Choice label="Dataset" value={cell.dataset} options={datasetOptions(choices)} onChange={(dataset) => onChange({ ...cell, dataset: dataset ?? cell.dataset })} />
      <Choice label="Ask for" value={cell.of} options={plain(SUBJECTS)} onChange={(of) => onChange({ ...cell, of: SUBJECTS.find((one) => one === of) ?? 'contexts' })} />
      <Choice label="Show as" value={cell.view} options={plain(VIEWS)} onChange={(view) => onChange({ ...cell, view: VIEWS.find((one) => one === view) ?? 'table' })} />
      <Field label="Rows shown"><Input type="number" min={1} max={200} value={cell.limit} onChange={(event) => onChange({ ...cell, limit: Math.max(1, Math.min(200, Math.round(Number(event.target.value)) || 1)) })} /></Field>
    </div>
  )
}

const AXES = ['window', 'seed', 'number', 'trial']
const MEASURE_OPTIONS: readonly Option[] = RUN_MEASURES.map(({ id, label }) => ({ value: id, label }))

function ChartOptions({ cell, cells, choices, onChange }: Props<CellOf<'chart'>>) {
  const ofAnswer = cells.find((one) => one.id === cell.from)?.kind === 'query'
  const source = cell.from ?? (cell.experiment === undefined ? undefined : `all:${cell.experiment}`)
  const sources = [...cellOptions(cells, ['query', 'experiment'], cell.id), ...choices.experiments.map(({ name, title }) => ({ value: `all:${name}`, label: `all runs of ${title}` }))]
  const setSource = (value: string | undefined): void => {
    const { from: _from, experiment: _experiment, ...rest } = cell
    if (value?.startsWith('all:')) return onChange({ ...rest, ...runAxes(rest.x), experiment: value.slice(4) })
    const axes = cells.find((one) => one.id === value)?.kind === 'query' ? { x: GROUPINGS.some((name) => name === cell.x) ? cell.x : 'user' } : runAxes(rest.x)
    onChange({ ...rest, ...axes, ...(value === undefined ? {} : { from: value }) })
  }
  return (
    <div className={ROW}>
      <Choice label="Made from" value={source} options={sources} onChange={setSource} />
      {ofAnswer ? <Choice label="Count by" value={cell.x} options={plain(['time', ...GROUPINGS])} onChange={(x) => onChange({ ...cell, x: x ?? 'time' })} /> : (
        <>
          <Choice label="Over" value={cell.x} options={[...plain(AXES), ...MEASURE_OPTIONS]} onChange={(x) => onChange({ ...cell, x: x ?? 'window' })} />
          <Choice label="Figure" value={cell.y} options={MEASURE_OPTIONS} onChange={(y) => onChange({ ...cell, y: y ?? 'windowPartsF1' })} />
          <Choice label="One line for each" value={cell.by} options={plain(['protocol', 'preset', 'seed', 'none'])} onChange={(by) => onChange({ ...cell, by: by ?? 'none' })} />
        </>
      )}
    </div>
  )
}

function runAxes(x: string): { x: string } {
  return { x: x === 'time' || GROUPINGS.some((name) => name === x) ? 'window' : x }
}

function ExperimentOptions({ cell, choices, onChange }: Props<CellOf<'experiment'>>) {
  const launches = choices.launches.filter((launch) => launch.experiment === cell.experiment)
  return (
    <div className={ROW}>
      <Choice label="Experiment" value={cell.experiment} options={choices.experiments.map(({ name, title }) => ({ value: name, label: title }))} onChange={(experiment) => onChange({ ...cell, experiment: experiment ?? cell.experiment, launch: 'latest' })} />
      <Choice label="Dataset" value={cell.dataset} none="any" options={plain(choices.datasets.filter((dataset) => dataset.hasTruth).map((dataset) => dataset.name))} onChange={(dataset) => onChange(without({ ...cell, dataset } as CellOf<'experiment'>))} />
      <Choice label="Launch" value={cell.launch} options={[{ value: 'latest', label: 'the newest' }, ...launches.map((launch) => ({ value: launch.id, label: `${launch.scale} on ${launch.dataset}, ${launch.createdAt.slice(0, 16).replace('T', ' ')}` }))]} onChange={(launch) => onChange({ ...cell, launch: launch ?? 'latest' })} />
      <Choice label="Scale of a new launch" value={cell.scale} options={plain(SCALES)} onChange={(scale) => onChange({ ...cell, scale: SCALES.find((one) => one === scale) ?? 'smoke' })} />
    </div>
  )
}

function ComparisonOptions({ cell, cells, onChange }: Props<CellOf<'comparison'>>) {
  const chosen = cell.measures.split(',')
  const setMeasures = (id: string, on: boolean): void => {
    const measures = RUN_MEASURES.map((measure) => measure.id).filter((one) => (one === id ? on : chosen.includes(one)))
    if (measures.length > 0) onChange({ ...cell, measures: measures.join(',') })
  }
  return (
    <>
      <div className={ROW}>
        <Choice label="Runs of" value={cell.from} none="numbers below" options={cellOptions(cells, ['experiment'], cell.id)} onChange={(from) => onChange(without({ ...cell, from } as CellOf<'comparison'>))} />
        {cell.from === undefined ? <Field label="Runs by number" hint="3,4,12"><Input defaultValue={cell.runs ?? ''} pattern="\d+(,\d+)*" onChange={(event) => { if (/^\d{1,9}(?:,\d{1,9}){0,19}$/.test(event.target.value)) onChange({ ...cell, runs: event.target.value }) }} /></Field> : null}
      </div>
      <fieldset className="mb-2">
        <legend className="mb-1 font-medium">Figures</legend>
        <div className="grid gap-x-4 gap-y-1 sm:grid-cols-2 lg:grid-cols-3">
          {RUN_MEASURES.map((measure) => <label key={measure.id} className="flex items-center gap-2 text-12"><input type="checkbox" checked={chosen.includes(measure.id)} onChange={(event) => setMeasures(measure.id, event.target.checked)} />{measure.label}</label>)}
        </div>
      </fieldset>
    </>
  )
}

const PICKS = ['first', 'largest', 'last'] as const

function ContextOptions({ cell, cells, choices, onChange }: Props<CellOf<'context'>>) {
  return (
    <div className={ROW}>
      <Choice label="From the answer of" value={cell.from} none="an id below" options={cellOptions(cells, ['query'], cell.id)} onChange={(from) => {
        const { context: _context, ...rest } = cell
        onChange(without({ ...(from === undefined ? cell : rest), from } as CellOf<'context'>))
      }} />
      {cell.from === undefined ? (
        <>
          <Choice label="Dataset" value={cell.dataset} options={datasetOptions(choices)} onChange={(dataset) => onChange(without({ ...cell, dataset } as CellOf<'context'>))} />
          <Field label="Context" hint="its id: ctx-…"><Input defaultValue={cell.context ?? ''} pattern="ctx-[0-9a-f]+" onChange={(event) => { if (/^ctx-[0-9a-f]{1,40}$/.test(event.target.value)) onChange({ ...cell, context: event.target.value }) }} /></Field>
        </>
      ) : <Choice label="Which" value={cell.pick} options={plain(PICKS)} onChange={(pick) => onChange({ ...cell, pick: PICKS.find((one) => one === pick) ?? 'first' })} />}
    </div>
  )
}
