'use client'
import { createColumnHelper, useTable, type SortingState } from '@tanstack/react-table'
import { useMemo, useState } from 'react'
import type { GroupDifference } from '@/lib/experiments/compare/outcomes'
import { formatCount } from '@/components/format/number'
import { LogText } from '@/components/format/log-text'
import { classText } from '@/components/runs/class-text'
import { FEATURES, type Features } from '@/components/table/features'
import { VirtualTable } from '@/components/table/virtual-table'
import { signedText, pText } from './figure-text'
import type { Kind } from './lines-state'

const helper = createColumnHelper<Features, GroupDifference>()
/** Names of a log's contexts and users may be of any length. */
const NAME_LIMIT = 120

function columnsOf(by: Kind, open: (key: string) => void) {
  const count = (id: 'a' | 'b' | 'both' | 'neither', header: string, hint: string) => helper.accessor((row) => row.counts[id], { id, header, size: 78, meta: { figure: true, hint }, cell: ({ getValue }) => formatCount(getValue()) })
  return helper.columns([
    helper.accessor('key', { header: by, size: 180, cell: ({ getValue, row }) => <button type="button" className="max-w-full truncate text-left hover:underline" title="Show only these lines" onClick={() => open(getValue())}>{by === 'label' ? classText(getValue()) : <LogText text={getValue()} limit={NAME_LIMIT} />}{row.original.label ? <span className="text-dim"> {classText(row.original.label)}</span> : null}</button> }),
    helper.accessor('lines', { header: 'Lines', size: 80, meta: { figure: true }, cell: ({ getValue }) => formatCount(getValue()) }),
    count('a', 'A alone', 'Lines that A has right and B wrong'),
    count('b', 'B alone', 'Lines that B has right and A wrong'),
    count('neither', 'Neither', 'Lines that both have wrong'),
    helper.accessor((row) => Math.abs(row.counts.b - row.counts.a), { id: 'balance', header: 'On balance', size: 96, meta: { figure: true, hint: 'B alone less A alone; sorted by how far from zero' }, cell: ({ row: { original: { counts } } }) => { const net = counts.b - counts.a; return net === 0 ? '0' : `${net < 0 ? '−' : '+'}${formatCount(Math.abs(net))}` } }),
    helper.accessor('difference', { header: 'B less A', size: 88, meta: { figure: true, hint: 'B’s share of right lines less A’s' }, cell: ({ getValue }) => signedText(getValue()) }),
    helper.accessor('p', { header: 'p', size: 76, meta: { figure: true, hint: 'McNemar’s exact test; of many rows one in twenty falls below .05 by chance' }, cell: ({ getValue }) => pText(getValue()) }),
  ])
}

/** Where the two runs differ, what matters first; a name narrows the list of lines to it. */
export function DifferencesTable({ rows, by, onOpen }: { rows: readonly GroupDifference[]; by: Kind; onOpen: (key: string) => void }) {
  const [sorting, setSorting] = useState<SortingState>([])
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const columns = useMemo(() => columnsOf(by, onOpen), [by])
  const data = useMemo(() => [...rows], [rows])
  const table = useTable({ features: FEATURES, columns, data, getRowId: (row) => row.key, state: { sorting }, onSortingChange: setSorting })
  return <VirtualTable table={table} label={`Differences by ${by}`} height={320} empty={`No line says its ${by}.`} />
}
