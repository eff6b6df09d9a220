import { constructAggregationFn, createColumnHelper, type Row } from '@tanstack/react-table'
import Link from 'next/link'
import { Ago } from '@/components/format/ago'
import { formatDuration } from '@/components/format/duration'
import { formatCount, formatScore } from '@/components/format/number'
import { Meter } from '@/components/ui/meter'
import type { Features } from '@/components/table/features'
import { Checkbox } from '@/components/ui/checkbox'
import { progressShare, type RunLine } from './run-line'
import { progressText } from './progress-text'
import type { RunTest } from './runs-state'
import { RunStateMark } from './run-state'

const helper = createColumnHelper<Features, RunLine>()

type FigureKey = 'windowF1' | 'lineF1' | 'weightedF1' | 'lineAccuracy' | 'trainSeconds' | 'preprocessSeconds' | 'inferMillis' | 'totalSeconds' | 'window' | 'seed' | 'epochs'

/** A column of figures; a group shows its mean. Rows without the figure stay last whichever way it is sorted. */
function figure(key: FigureKey, header: string, name: string, hint: string, format: (value: number) => string, size = 92) {
  return helper.accessor((run) => run[key] ?? undefined, {
    id: key, header, size, sortUndefined: 'last', meta: { figure: true, name, hint },
    aggregationFn: MEAN,
    cell: ({ getValue }) => shown(getValue(), format),
    aggregatedCell: ({ getValue }) => shown(getValue(), (value) => `⌀ ${format(value)}`),
  })
}

const MEAN = constructAggregationFn({ aggregate: ({ rows, getValue }) => mean(rows.map((row) => getValue(row))) })

function mean(values: readonly unknown[]): number | undefined {
  const numbers = values.filter((value) => typeof value === 'number')
  return numbers.length > 0 ? numbers.reduce((sum, value) => sum + value, 0) / numbers.length : undefined
}

function shown(value: unknown, format: (value: number) => string): string {
  return typeof value === 'number' ? format(value) : '–'
}

function text(key: 'protocol' | 'experiment' | 'dataset' | 'preset' | 'engine' | 'worker', header: string, size = 100) {
  return helper.accessor((run) => run[key] ?? undefined, { id: key, header, size, sortUndefined: 'last', meta: { name: header }, cell: ({ getValue }) => getValue() ?? '–' })
}

const round = (value: number): string => (Number.isInteger(value) ? formatCount(value) : value.toFixed(1))

export const RUN_COLUMNS = helper.columns([
  helper.display({
    id: 'select',
    size: 34,
    enableHiding: false,
    header: ({ table }) => <Checkbox label="Select all runs shown" checked={table.getIsAllRowsSelected()} mixed={table.getIsSomeRowsSelected()} onClick={() => table.toggleAllRowsSelected()} />,
    cell: ({ row }) => <SelectCell row={row} />,
  }),
  helper.accessor('number', { header: 'Run', size: 64, meta: { name: 'Run' }, filterFn: (row, _, test: RunTest) => test(row.original), cell: ({ row }) => <Link prefetch={false} href={`/runs/${row.original.id}`} className="link">#{row.original.number}</Link> }),
  helper.accessor('name', { header: 'Name', size: 190, meta: { name: 'Name' }, cell: ({ row }) => <span title={row.original.name}>{row.original.name}{row.original.pinned ? <span className="ml-1.5 text-12 text-accent">baseline</span> : null}</span> }),
  helper.accessor('state', { header: 'State', size: 132, meta: { name: 'State' }, cell: ({ row }) => <StateCell run={row.original} /> }),
  text('protocol', 'Protocol', 84),
  figure('window', 'W', 'Window', 'Lines the network sees at once', round, 68),
  figure('windowF1', 'F1', 'F1, window positions', 'Macro F1 of label parts over window positions, as the paper counts', formatScore, 84),
  figure('lineF1', 'Line F1', 'Macro F1, lines', 'Macro F1 of whole labels over lines', formatScore, 84),
  figure('weightedF1', 'Wtd. F1', 'Weighted F1, lines', 'F1 of whole labels, weighted by their lines', formatScore, 84),
  figure('lineAccuracy', 'Accuracy', 'Tuple accuracy', 'Share of lines with all five parts right', formatScore, 84),
  figure('trainSeconds', 'Training', 'Training time', 'Wall time of all epochs', formatDuration, 104),
  figure('inferMillis', 'Infer/line', 'Inference per line', 'Milliseconds for each line', (value) => `${value.toFixed(2)} ms`, 88),
  figure('preprocessSeconds', 'Preproc.', 'Preprocessing time', 'Features and vocabularies', formatDuration, 92),
  figure('totalSeconds', 'Total', 'Total time', 'From start to saved model', formatDuration, 104),
  figure('epochs', 'Epochs', 'Epochs', 'Epochs trained so far', round, 70),
  figure('seed', 'Seed', 'Seed', 'Seed of split, weights and dropout', round, 60),
  text('experiment', 'Experiment', 120), text('dataset', 'Dataset', 100), text('preset', 'Preset', 100), text('engine', 'Engine', 110), text('worker', 'Worker', 110),
  helper.accessor('createdAt', { header: 'Created', size: 104, meta: { name: 'Created' }, cell: ({ getValue }) => <Ago at={getValue()} /> }),
])

/** Columns the reader may choose among, in table order. */
export const CHOOSABLE = RUN_COLUMNS.map((column) => ({ id: column.id ?? ('accessorKey' in column ? String(column.accessorKey) : ''), name: column.meta?.name ?? '' })).filter((column) => column.name !== '')

function SelectCell({ row }: { row: Row<Features, RunLine> }) {
  return <Checkbox label={`Select run ${row.original.number}`} checked={row.getIsSelected()} onClick={row.getToggleSelectedHandler()} />
}

function StateCell({ run }: { run: RunLine }) {
  const share = run.state === 'running' ? progressShare(run.progress) : null
  return (
    <span className="flex items-center gap-2" title={run.error ?? (run.state === 'running' ? progressText(run.progress) : undefined)}>
      <RunStateMark state={run.state} stopping={run.stopping} />
      {run.state === 'running' ? <Meter share={share} label={`Progress of run ${run.number}`} className="w-14" /> : null}
    </span>
  )
}
