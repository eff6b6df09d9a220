'use client'
import { visibleText } from '@/components/format/visible'
import { useRouter } from 'next/navigation'
import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import { formatCount } from '@/components/format/number'
import { useKey } from '@/components/keys/use-key'
import { ButtonLink } from '@/components/ui/button'
import { useUndo } from '@/components/ui/use-undo'
import { useOpenGroups } from '@/components/table/use-open-groups'
import { useAheadState } from '@/components/url/use-ahead-state'
import { ColumnsDialog } from './columns-dialog'
import type { Editable } from './grid-cells'
import { groupedLines, plainLines } from './grid-lines'
import type { RunsWire } from './run-cells'
import { RunsGrid } from './runs-grid'
import { groupsInView, runsInView, shownColumns } from './runs-in-view'
import { RunsPlot } from './runs-plot'
import { runsCodec, viewState } from './runs-state'
import { RunsToolbar } from './runs-toolbar'
import { chosenRuns, SelectionBar } from './selection-bar'
import { useAbout } from './use-about'
import { useBaseline } from './use-baseline'
import { useHeadActions } from './use-head-actions'
import { useRunTable } from './use-run-table'
import { useWarmTable } from './use-warm-table'
import type { SavedView } from './use-views'
import { ViewsMenu } from './views-menu'

/** Every run: filter, sort, group, choose columns, draw, select, compare. Its state is the address. */
export function RunsView({ first, total, views }: { first: RunsWire; total: number; views: readonly SavedView[] }) {
  const router = useRouter()
  const [state, change] = useAheadState(runsCodec)
  const { runs, complete, refresh } = useRunTable(first, total)
  const { table } = runs
  const done = useUndo()
  const [choosing, setChoosing] = useState(false)
  useWarmTable(table)
  const { q, facets, sort, brushes, group, columns: chosenColumns, differs } = state
  const view = useMemo(() => runsInView(table, { q, facets, sort, brushes }), [table, q, facets, sort, brushes])
  const { lines, by, groups } = useLines(table, view.rows, group)
  const { isOpen, expand } = useOpenGroups(state.open)
  const shownLines = useMemo(() => (groups.length > 0 ? groupedLines(groups, isOpen) : lines), [groups, isOpen, lines])
  const columns = useMemo(() => shownColumns(table, { columns: chosenColumns, differs }, view.rows), [table, chosenColumns, differs, view.rows])
  const selected = useMemo(() => new Set(state.selected), [state.selected])
  const baseline = useBaseline(runs, state.base, refresh, done)
  const about = useAbout(runs, refresh, done)
  const open = useCallback((id: string) => router.push(`/runs/${id}`), [router])
  const toggle = useCallback((id: string) => change((now) => ({ ...now, selected: now.selected.includes(id) ? now.selected.filter((other) => other !== id) : [...now.selected, id] })), [change])
  const edit = useCallback((id: string, what: Editable | null) => {
    // What is written must be seen.
    if (what) change((now) => (now.columns.includes(what) ? now : { ...now, columns: [...now.columns, what] }))
    about.edit(id, what)
  }, [change, about])
  const head = useHeadActions(change, () => [...view.rows].map((row) => table.ids[row] ?? ''))
  const clear = (): void => change((now) => ({ ...now, selected: [] }))
  useKey('Escape', 'Clear the selection', 'Tables', clear, { enabled: state.selected.length > 0 })
  const marked = useMemo(() => [...(baseline.row >= 0 ? [baseline.row] : []), ...table.ids.flatMap((id, row) => (selected.size <= 12 && selected.has(id) && row !== baseline.row ? [row] : []))], [table, selected, baseline.row])
  // The table answers a key first, the drawing follows; brushes move at once.
  const plot = useDeferredValue(useMemo(() => ({ table, rows: view.unbrushed, marked, state }), [table, view.unbrushed, marked, state]))
  return (
    <>
      <RunsToolbar
        table={table}
        state={state}
        change={change}
        baseline={baseline.known}
        onColumns={() => setChoosing(true)}
        views={<ViewsMenu room="runs" first={views} state={viewState(state)} done={done} onOpen={(query) => change((now) => ({ ...runsCodec.read(new URLSearchParams(query)), selected: now.selected }), true)} />}
      />
      {view.problems.map((problem) => <p key={problem} role="status" className="mb-2 text-warn">{visibleText(problem)}</p>)}
      {state.plot ? <RunsPlot {...plot} kind={state.plot} brushes={brushes} change={change} onOpen={open} /> : null}
      <RunsGrid
        runs={runs}
        lines={shownLines}
        columns={columns}
        by={by}
        sort={sort}
        selected={selected}
        selection={selectionOf(view.rows.length, state.selected.length)}
        baseline={baseline.row}
        editing={about.editing}
        height={state.plot ? 'max(18rem, calc(100vh - 15.5rem))' : 'calc(100vh - 15.5rem)'}
        isOpen={isOpen}
        head={head}
        on={{ toggle, open, edit, save: about.save, expand, pin: baseline.pin }}
        empty={table.ids.length === 0 ? <>No run yet. <ButtonLink href="/experiments" size="sm" className="ml-2">Launch a sweep</ButtonLink></> : 'No run passes the filter. Clear it, or take values and brushes back out of it.'}
      />
      <p className="mt-2 text-12 text-dim" aria-live="polite">
        {formatCount(view.rows.length)} of {formatCount(Math.max(total, table.ids.length))} runs{groups.length > 0 ? ` in ${formatCount(groups.length)} groups` : ''}{complete ? '' : '; reading the rest…'}
      </p>
      <SelectionBar chosen={chosenRuns(runs, selected)} onClear={clear} />
      {choosing ? <ColumnsDialog open onOpenChange={setChoosing} table={table} rows={view.rows} chosen={state.columns} onChange={(next) => change((now) => ({ ...now, columns: next }))} /> : null}
    </>
  )
}

function selectionOf(shown: number, selected: number): 'none' | 'some' | 'all' {
  if (selected === 0) return 'none'
  return selected >= shown ? 'all' : 'some'
}

type Table = Parameters<typeof groupsInView>[0]

function useLines(table: Table, rows: Int32Array, group: readonly string[]) {
  const lines = useMemo(() => plainLines(rows), [rows])
  const by = useMemo(() => group.map((key) => table.columns.get(key)).filter((column) => column !== undefined), [table, group])
  const groups = useMemo(() => groupsInView(table, rows, group), [table, rows, group])
  return { lines, by, groups }
}
