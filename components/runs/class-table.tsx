'use client'
import { createColumnHelper, useTable, type SortingState } from '@tanstack/react-table'
import { useMemo, useState } from 'react'
import type { ClassResult } from '@/lib/experiments/run-spec'
import { formatCount, formatScore } from '@/components/format/number'
import { FEATURES, type Features } from '@/components/table/features'
import { VirtualTable } from '@/components/table/virtual-table'
import { Bar } from '@/components/ui/meter'
import { Input } from '@/components/ui/field'
import { classText } from './class-text'

const helper = createColumnHelper<Features, ClassResult>()

const share = (key: 'precision' | 'recall' | 'f1', header: string) => helper.accessor(key, { header, size: 96, meta: { figure: true }, cell: ({ getValue }) => formatScore(getValue()) })
const count = (key: 'support' | 'predicted', header: string, hint: string) => helper.accessor(key, { header, size: 96, meta: { figure: true, hint }, cell: ({ getValue }) => formatCount(getValue()) })

const COLUMNS = helper.columns([
  helper.accessor((row) => classText(row.label), { id: 'label', header: 'Label', size: 260, cell: ({ getValue }) => <span title={getValue()}>{getValue()}</span> }),
  count('support', 'Test lines', 'Lines that bear this label'),
  count('predicted', 'Predicted', 'Lines that were given it'),
  share('precision', 'Precision'),
  share('recall', 'Recall'),
  share('f1', 'F1'),
  helper.display({ id: 'bar', header: () => <span className="sr-only">F1 as a bar</span>, size: 84, cell: ({ row }) => <Bar share={row.original.f1} /> }),
])

/** Every label with its weight and figures; what weighs most and fails is at hand by sorting. */
export function ClassTable({ classes }: { classes: readonly ClassResult[] }) {
  const [sorting, setSorting] = useState<SortingState>([{ id: 'support', desc: true }])
  const [q, setQ] = useState('')
  const rows = useMemo(() => classes.filter((row) => classText(row.label).toLowerCase().includes(q.toLowerCase())), [classes, q])
  const table = useTable({ features: FEATURES, columns: COLUMNS, data: rows, getRowId: (row) => row.label, state: { sorting }, onSortingChange: setSorting })
  return (
    <>
      <Input aria-label="Find a label" placeholder="Find a label" className="mb-2 max-w-72" value={q} onChange={(event) => setQ(event.target.value)} />
      <VirtualTable table={table} label="Figures by label" height={420} empty="No label has that in its name." />
    </>
  )
}
