'use client'
import { useTable, type ExpandedState, type RowSelectionState, type SortingState, type Updater } from '@tanstack/react-table'
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
import { filterRuns, runsCodec, type RunsState } from './runs-state'
import { RunsToolbar } from './runs-toolbar'
import { SelectionBar } from './selection-bar'
import { useRuns } from './use-runs'

function resolve<T>(updater: Updater<T>, now: T): T {
  return typeof updater === 'function' ? (updater as (now: T) => T)(now) : updater
}

/** Every run: filter, sort, group, choose columns, select, compare. Its state is the address. */
export function RunsView({ first, total }: { first: readonly RunLine[]; total: number }) {
  const router = useRouter()
  const [state, change] = useUrlState(runsCodec)
  const { runs, complete } = useRuns(first, total)
  const rows = useMemo(() => filterRuns(runs, state), [runs, state])
  const table = useRunsTable(rows, state, change)
  const chosen = useMemo(() => {
    const wanted = new Set(state.selected)
    return runs.filter((run) => wanted.has(run.id))
  }, [runs, state.selected])
  const clear = (): void => change((now) => ({ ...now, selected: [] }))
  useKey('Escape', 'Clear the selection', 'Tables', clear, { enabled: chosen.length > 0 })
  return (
    <>
      <RunsToolbar runs={runs} state={state} change={change} />
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
        {formatCount(rows.length)} of {formatCount(Math.max(total, runs.length))} runs{complete ? '' : '; reading the rest…'}
      </p>
      <SelectionBar chosen={chosen} onClear={clear} />
    </>
  )
}

function useRunsTable(rows: readonly RunLine[], state: RunsState, change: (next: (now: RunsState) => RunsState) => void) {
  const [expanded, setExpanded] = useState<ExpandedState>(true)
  const sorting: SortingState = useMemo(() => state.sort.map((item) => ({ ...item })), [state.sort])
  const rowSelection: RowSelectionState = useMemo(() => Object.fromEntries(state.selected.map((id) => [id, true])), [state.selected])
  const columnVisibility = useMemo(() => Object.fromEntries(CHOOSABLE.map(({ id }) => [id, state.columns.includes(id)])), [state.columns])
  const grouping = useMemo(() => (state.group ? [state.group] : []), [state.group])
  return useTable({
    features: FEATURES,
    columns: RUN_COLUMNS,
    data: rows,
    getRowId: (run) => run.id,
    state: { sorting, rowSelection, columnVisibility, grouping, expanded },
    groupedColumnMode: false,
    autoResetExpanded: false,
    onExpandedChange: setExpanded,
    onSortingChange: (updater) => change((now) => ({ ...now, sort: resolve<SortingState>(updater, now.sort.map((item) => ({ ...item }))) })),
    onRowSelectionChange: (updater) => change((now) => ({ ...now, selected: Object.entries(resolve<RowSelectionState>(updater, Object.fromEntries(now.selected.map((id) => [id, true])))).filter(([, on]) => on).map(([id]) => id) })),
  })
}
