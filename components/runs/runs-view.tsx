'use client'
import { useTable, type ColumnFiltersState, type ExpandedState, type RowSelectionState, type SortingState, type Updater } from '@tanstack/react-table'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { formatCount } from '@/components/format/number'
import { useKey } from '@/components/keys/use-key'
import { FEATURES } from '@/components/table/features'
import { VirtualTable } from '@/components/table/virtual-table'
import { ButtonLink } from '@/components/ui/button'
import { useUrlState } from '@/components/url/use-url-state'
import type { RunLine } from './run-line'
import { RUN_COLUMNS, CHOOSABLE } from './runs-columns'
import { runsCodec, runTest, type RunsState } from './runs-state'
import { RunsToolbar } from './runs-toolbar'
import { SelectionBar } from './selection-bar'
import { useFilterText } from './use-filter-text'
import { useRuns } from './use-runs'

function resolve<T>(updater: Updater<T>, now: T): T {
  return typeof updater === 'function' ? (updater as (now: T) => T)(now) : updater
}

/** Every run: filter, sort, group, choose columns, select, compare. Its state is the address. */
export function RunsView({ first, total }: { first: readonly RunLine[]; total: number }) {
  const router = useRouter()
  const [state, change] = useUrlState(runsCodec)
  const { runs, complete } = useRuns(first, total)
  const [q, setQ] = useFilterText(state.q, change)
  const table = useRunsTable(runs, q, state, change)
  const shown = table.getFilteredRowModel().rows.length
  const chosen = useMemo(() => {
    const wanted = new Set(state.selected)
    return runs.filter((run) => wanted.has(run.id))
  }, [runs, state.selected])
  const clear = (): void => change((now) => ({ ...now, selected: [] }))
  useKey('Escape', 'Clear the selection', 'Tables', clear, { enabled: chosen.length > 0 })
  return (
    <>
      <RunsToolbar runs={runs} q={q} onFilter={setQ} state={state} change={change} />
      <VirtualTable
        table={table}
        label="Runs"
        height="calc(100vh - 15.5rem)"
        keys
        onOpen={(run) => router.push(`/runs/${run.id}`)}
        groupTitle={(row) => `${state.group}: ${String(row.groupingValue ?? 'none')}`}
        empty={runs.length === 0 ? <>No run yet. <ButtonLink href="/experiments" size="sm" className="ml-2">Launch a sweep</ButtonLink></> : 'No run passes the filter. Clear it, or take values back out of it.'}
      />
      <p className="mt-2 text-12 text-dim" aria-live="polite">
        {formatCount(shown)} of {formatCount(Math.max(total, runs.length))} runs{complete ? '' : '; reading the rest…'}
      </p>
      <SelectionBar chosen={chosen} onClear={clear} />
    </>
  )
}

/** All runs are the table's data and the filter is its own: rows are made once, not with every key typed. */
function useRunsTable(runs: readonly RunLine[], q: string, state: RunsState, change: (next: (now: RunsState) => RunsState) => void) {
  const [expanded, setExpanded] = useState<ExpandedState>(true)
  const sorting: SortingState = useMemo(() => state.sort.map((item) => ({ ...item })), [state.sort])
  const rowSelection: RowSelectionState = useMemo(() => Object.fromEntries(state.selected.map((id) => [id, true])), [state.selected])
  const columnVisibility = useMemo(() => Object.fromEntries(CHOOSABLE.map(({ id }) => [id, state.columns.includes(id)])), [state.columns])
  const { facets } = state
  const columnFilters: ColumnFiltersState = useMemo(() => [{ id: 'number', value: runTest({ q, facets }) }], [q, facets])
  const grouping = useMemo(() => (state.group ? [state.group] : []), [state.group])
  return useTable({
    features: FEATURES,
    columns: RUN_COLUMNS,
    data: runs,
    getRowId: (run) => run.id,
    state: { sorting, columnFilters, rowSelection, columnVisibility, grouping, expanded },
    groupedColumnMode: false,
    autoResetExpanded: false,
    onExpandedChange: setExpanded,
    onSortingChange: (updater) => change((now) => ({ ...now, sort: resolve<SortingState>(updater, now.sort.map((item) => ({ ...item }))) })),
    onRowSelectionChange: (updater) => change((now) => ({ ...now, selected: Object.entries(resolve<RowSelectionState>(updater, Object.fromEntries(now.selected.map((id) => [id, true])))).filter(([, on]) => on).map(([id]) => id) })),
  })
}
