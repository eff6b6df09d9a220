'use client'
import { SUBJECTS, VIEWS, type Cell, type CellOf } from '@/lib/notebook/cell'
import type { Named as Option } from '@/lib/notebook/experiment-choice'
import { Field, Input } from '@/components/ui/field'
import type { NotebookChoices } from './notebook-choices'
import { cellOptions, Choice, plain, ROW, without, type Props } from './option-fields'
import { ChartOptions, ComparisonOptions, ExperimentOptions } from './run-options'

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

function datasetOptions(choices: NotebookChoices): Option[] {
  return plain(choices.datasets.map((dataset) => dataset.name))
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
