'use client'
import { createColumnHelper, useTable, type SortingState } from '@tanstack/react-table'
import { useMemo, useState } from 'react'
import { formatCount, formatScore } from '@/components/format/number'
import { classText } from '@/components/runs/class-text'
import { FEATURES, type Features } from '@/components/table/features'
import { VirtualTable } from '@/components/table/virtual-table'
import { Input } from '@/components/ui/field'
import type { ComparedRun } from './compared-run'
import { classDifferences, type ClassDifference } from './differences'

const helper = createColumnHelper<Features, ClassDifference>()

function columnsOf(runs: readonly ComparedRun[]) {
  return helper.columns([
    helper.accessor((row) => classText(row.label), { id: 'label', header: 'Label', size: 240, cell: ({ getValue }) => <span title={getValue()}>{getValue()}</span> }),
    helper.accessor('support', { header: 'Test lines', size: 90, meta: { figure: true, hint: 'Of the run that has most' }, cell: ({ getValue }) => formatCount(getValue()) }),
    ...runs.map((one, index) => helper.accessor((row) => row.scores[index] ?? undefined, { id: one.run.id, header: one.name, size: 132, sortUndefined: 'last', meta: { figure: true }, cell: ({ getValue }) => formatScore(getValue()) })),
    helper.accessor('spread', { header: 'Spread', size: 90, meta: { figure: true, hint: 'Largest minus smallest F1' }, cell: ({ getValue }) => formatScore(getValue()) }),
  ])
}

/** Which labels the runs differ on. */
export function ClassDifferences({ runs }: { runs: readonly ComparedRun[] }) {
  const [sorting, setSorting] = useState<SortingState>([{ id: 'spread', desc: true }])
  const [q, setQ] = useState('')
  const ids = runs.map((one) => one.run.id).join(',')
  // Runs are made anew on every rendering; their ids tell whether anything changed.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const [columns, all] = useMemo(() => [columnsOf(runs), classDifferences(runs.map((one) => one.run.perClass))], [ids])
  const rows = useMemo(() => all.filter((row) => classText(row.label).toLowerCase().includes(q.toLowerCase())), [all, q])
  const table = useTable({ features: FEATURES, columns, data: rows, getRowId: (row) => row.label, state: { sorting }, onSortingChange: setSorting })
  if (all.length === 0) return <p className="text-dim">None of these runs has figures by label yet.</p>
  return (
    <>
      <Input aria-label="Find a label" placeholder="Find a label" className="mb-2 max-w-72" value={q} onChange={(event) => setQ(event.target.value)} />
      <VirtualTable table={table} label="F1 by label" height={420} empty="No label has that in its name." />
    </>
  )
}
