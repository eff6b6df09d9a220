'use client'
import { memo, useMemo } from 'react'
import { Figure, type FigureData } from '@/components/charts/figure'
import { brushedRows } from '@/components/columns/brushed-rows'
import { numberAt, textAt, varies, wordAt, type Column, type ColumnTable } from '@/components/columns/column'
import { ParallelPlot } from '@/components/columns/parallel-plot'
import type { RowsPlotProps } from '@/components/columns/plot-props'
import { ScatterPlot } from '@/components/columns/scatter-plot'
import { plural } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/field'
import { Menu, MenuCheck, MenuHeading } from '@/components/ui/menu'
import type { PlotKind, RunsState } from './runs-state'

type Change = (next: (now: RunsState) => RunsState) => void

interface Props {
  table: ColumnTable
  /** Runs in view, before brushes. */
  rows: Int32Array
  marked: readonly number[]
  kind: PlotKind
  state: Pick<RunsState, 'axes' | 'x' | 'y' | 'color'>
  brushes: RunsState['brushes']
  change: Change
  onOpen: (id: string) => void
}

const AXES_AT_FIRST = 8
const FIGURES_AT_FIRST = ['windowPartsF1', 'lineMacroF1', 'validationAccuracy', 'trainSeconds', 'inferMillisPerLine']
const MOST_WORDS = 60

/** The runs in view as a drawing over any columns: what its brushes hold is what the table shows. */
function PlainPlot({ table, rows, marked, kind, state, brushes, change, onOpen }: Props) {
  const columns = useMemo(() => drawable(table, rows), [table, rows])
  const axes = useMemo(() => chosenAxes(table, columns, rows, state.axes, brushes), [table, columns, rows, state.axes, brushes])
  const pick = (key: string | null, ...others: readonly string[]): Column | undefined => [key, ...others].map((one) => columns.find((column) => column.key === one)).find((column) => column !== undefined)
  const [x, y] = [pick(state.x, 'window', 'trainSeconds') ?? columns[0], pick(state.y, 'windowPartsF1', 'lineMacroF1') ?? columns[1]]
  const color = state.color === 'none' ? null : (pick(state.color, 'windowPartsF1', 'lineMacroF1', 'state') ?? null)
  const number = table.columns.get('number')
  const name = table.columns.get('name')
  const props: RowsPlotProps = {
    table, rows, marked, color, brushes,
    onBrushes: (next) => change((now) => ({ ...now, brushes: next(now.brushes) })),
    nameOf: (row) => `#${numberAt(number, row)} ${wordAt(name, row) ?? ''}`,
    onOpen: (row) => onOpen(table.ids[row] ?? ''),
  }
  const shown = kind === 'parallel' ? axes : [x, y, color].filter((column) => column !== undefined && column !== null)
  const title = kind === 'parallel' ? `${plural(rows.length, 'run')} by ${plural(axes.length, 'column')}` : `${y?.title ?? ''} over ${x?.title ?? ''}`
  const ready = kind === 'parallel' ? axes.length > 1 : x && y
  return (
    <div className="mb-3">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        {kind === 'parallel' ? <AxesMenu columns={columns} axes={axes} change={change} /> : (
          <>
            <ColumnSelect label="Across" columns={columns} value={x?.key ?? ''} onChange={(key) => change((now) => ({ ...now, x: key }))} />
            <ColumnSelect label="Upwards" columns={columns} value={y?.key ?? ''} onChange={(key) => change((now) => ({ ...now, y: key }))} />
          </>
        )}
        <ColumnSelect label="Colour" columns={columns} none value={color?.key ?? 'none'} onChange={(key) => change((now) => ({ ...now, color: key }))} />
        <span className="flex-1 text-12 text-dim">Drag along an axis, or Tab to its ends and use the arrow keys: the table keeps what is held. Del takes a brush away.</span>
        {brushes.length > 0 ? <Button size="sm" onClick={() => change((now) => ({ ...now, brushes: [] }))}>Clear {plural(brushes.length, 'brush', 'brushes')}</Button> : null}
      </div>
      {ready && x && y ? (
        <Figure id="plot" title={title} note={protocolNote(table, rows)} data={plotData(props, shown)}>
          {kind === 'parallel' ? <ParallelPlot {...props} axes={axes} /> : <ScatterPlot {...props} x={x} y={y} />}
        </Figure>
      ) : <p className="rounded-md border border-dashed border-line p-6 text-center text-dim">The runs in view differ in too little for a drawing. Widen the filter, or choose other axes.</p>}
    </div>
  )
}

/** Drawn anew only when what it shows changes. */
export const RunsPlot = memo(PlainPlot)

/** Columns that can be an axis: numbers, and words that are few, in which some run has a value. */
function drawable(table: ColumnTable, rows: Int32Array): Column[] {
  return [...table.columns.values()].filter((column) => !['number', 'name', 'note', 'tags', 'measured', 'pinned', 'early'].includes(column.key) && (column.kind === 'number' ? rows.some((row) => numberAt(column, row) !== null) : column.words.length <= MOST_WORDS))
}

/** The axes asked for, else what differs, the window first; and those that are brushed, since a brush must be seen. */
function chosenAxes(table: ColumnTable, columns: readonly Column[], rows: Int32Array, asked: readonly string[], brushes: RunsState['brushes']): Column[] {
  const here = (keys: readonly string[]): Column[] => keys.map((key) => columns.find((column) => column.key === key)).filter((column) => column !== undefined)
  const brushed = brushes.map(({ key }) => key)
  if (asked.length > 0) return here([...new Set([...asked, ...brushed])])
  const figures = here(FIGURES_AT_FIRST).filter((column) => varies(column, rows)).slice(0, 3)
  const settings = columns.filter((column) => (column.from === 'settings' || column.key === 'preset' || column.key === 'protocol') && varies(column, rows)).sort((a, b) => Number(b.key === 'window') - Number(a.key === 'window'))
  const first = settings.slice(0, AXES_AT_FIRST - figures.length)
  return [...new Set([...first, ...here(brushed).filter((column) => !figures.includes(column)), ...figures])]
}

/** Which protocols the figures follow: a figure is worth as much as its protocol. */
function protocolNote(table: ColumnTable, rows: Int32Array): string {
  const protocol = table.columns.get('protocol')
  const names = [...new Set(Array.from(rows, (row) => wordAt(protocol, row)).filter((word) => word !== null))]
  return names.length === 0 ? '' : `${names.join(' and ')} protocol${names.length > 1 ? 's' : ''}`
}

function plotData({ table, rows, brushes }: RowsPlotProps, columns: readonly Column[]): FigureData {
  const name = table.columns.get('name')
  const kept = brushedRows(rows, brushes, table.columns, table.ids.length)
  return {
    header: ['run', 'name', ...columns.map((column) => column.title)],
    get rows() {
      return Array.from(kept, (row) => [numberAt(table.columns.get('number'), row), wordAt(name, row), ...columns.map((column) => (column.kind === 'number' ? numberAt(column, row) : textAt(column, row)))])
    },
  }
}

function ColumnSelect({ label, columns, value, none = null, onChange }: { label: string; columns: readonly Column[]; value: string; none?: true | null; onChange: (key: string) => void }) {
  return (
    <label className="flex items-center gap-1.5 text-12 text-dim">
      {label}
      <Select className="max-w-48 text-ink" value={value} onChange={(event) => onChange(event.target.value)}>
        {none ? <option value="none">one colour</option> : null}
        {columns.map((column) => <option key={column.key} value={column.key}>{column.title}</option>)}
      </Select>
    </label>
  )
}

function AxesMenu({ columns, axes, change }: { columns: readonly Column[]; axes: readonly Column[]; change: Change }) {
  const keys = axes.map((axis) => axis.key)
  const toggle = (key: string, add: boolean): void => change((now) => ({ ...now, axes: add ? [...keys, key] : keys.filter((other) => other !== key) }))
  return (
    <Menu align="start" trigger={<Button>Axes: {axes.length}</Button>}>
      <MenuHeading>Axes, in the order they are ticked</MenuHeading>
      {columns.map((column) => <MenuCheck key={column.key} checked={keys.includes(column.key)} onChange={(add) => toggle(column.key, add)}>{column.title}</MenuCheck>)}
    </Menu>
  )
}
