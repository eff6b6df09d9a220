'use client'
import { visibleText } from '@/components/format/visible'
import { useRouter } from 'next/navigation'
import { useCallback, useDeferredValue, useEffect, useMemo } from 'react'
import type { Brush } from '@/components/columns/brush'
import type { ColumnTable } from '@/components/columns/column'
import { numberAt } from '@/components/columns/column'
import { formatCount } from '@/components/format/number'
import type { HeadActions } from '@/components/runs/grid-head'
import { groupedLines, plainLines } from '@/components/runs/grid-lines'
import { sorted } from '@/components/runs/use-head-actions'
import { moved } from '@/components/runs/columns-dialog'
import { useOpenGroups } from '@/components/table/use-open-groups'
import { Notice } from '@/components/ui/notice'
import { showFailure } from '@/components/ui/toast'
import { useUndo } from '@/components/ui/use-undo'
import { useAheadState } from '@/components/url/use-ahead-state'
import type { CorrectionAct } from '@/lib/contexts/corrections/types'
import { ContextsGrid } from './contexts-grid'
import { contextsInView, groupsInView, searchTexts } from './contexts-in-view'
import { contextsCodec } from './contexts-state'
import { ContextsToolbar, type Change } from './contexts-toolbar'
import { sendCorrection, sendUndo } from './correct'
import { saveRows } from './export-rows'
import { rememberOrder } from './list-order'
import { ContextsSelectionBar } from './selection-bar'
import { TimeHistogram } from './time-histogram'
import { useContexts, type ContextsTable } from './use-contexts'

/** Every context of a reconstruction: filter, brush, sort, group, select, merge, open. Its state is the address. */
export function ContextsView({ id, name, mayExport }: { id: string; name: string; mayExport: boolean }) {
  const router = useRouter()
  const [state, change] = useAheadState(contextsCodec)
  const contexts = useContexts(id)
  const { table } = contexts
  const { q, sort, brushes, group } = state
  const view = useMemo(() => contextsInView(table, { q, sort, brushes }), [table, q, sort, brushes])
  const groups = useMemo(() => groupsInView(table, view.rows, group), [table, view.rows, group])
  const by = useMemo(() => group.map((key) => table.columns.get(key)).filter((column) => column !== undefined), [table, group])
  const { isOpen, expand } = useOpenGroups(state.open)
  const lines = useMemo(() => (groups.length > 0 ? groupedLines(groups, isOpen) : plainLines(view.rows)), [groups, isOpen, view.rows])
  const columns = useMemo(() => state.columns.map((key) => table.columns.get(key)).filter((column) => column !== undefined), [table, state.columns])
  const selected = useMemo(() => new Set(state.selected), [state.selected])
  const head = useHead(change, table, view.rows)
  const hrefOf = useCallback((context: string) => `/contexts/${id}/${context}`, [id])
  const open = useCallback((row: number) => {
    rememberOrder(id, Array.from(view.rows, (one) => table.ids[one] ?? ''), view.rows.indexOf(row))
    router.push(hrefOf(table.ids[row] ?? ''))
  }, [id, view.rows, table, router, hrefOf])
  const toggle = useCallback((context: string) => change((now) => ({ ...now, selected: now.selected.includes(context) ? now.selected.filter((other) => other !== context) : [...now.selected, context] })), [change])
  const clear = useCallback(() => change((now) => ({ ...now, selected: [] })), [change])
  const correct = useCorrect(id, contexts, clear)
  useWarm(table)
  // The list answers a key first, the histogram follows.
  const drawn = useDeferredValue(view.unbrushed)
  const brush = (next: Brush | null): void => change((now) => ({ ...now, brushes: [...now.brushes.filter(({ key }) => key !== 'time'), ...(next ? [next] : [])] }))
  if (contexts.state === 'failed') return <Notice tone="bad">{contexts.error}</Notice>
  return (
    <>
      <ContextsToolbar table={table} state={state} change={change} shown={view.rows.length} onExport={(format) => saveRows(table, view.rows, `contexts-${name}`, format)} recordsAt={mayExport ? `/api/reconstructions/${id}/export` : null} />
      {view.problems.map((problem) => <p key={problem} role="status" className="mb-2 text-warn">{visibleText(problem)}</p>)}
      <div className="min-h-19"><TimeHistogram table={table} rows={drawn} brushes={brushes} onBrush={brush} /></div>
      <ContextsGrid
        table={table} lines={lines} columns={columns} by={by} sort={sort} selected={selected} hrefOf={hrefOf} isOpen={isOpen} head={head}
        selection={state.selected.length === 0 ? 'none' : state.selected.length >= view.rows.length ? 'all' : 'some'}
        height="max(18rem, calc(100vh - 19rem))"
        on={{ toggle, open, expand }}
        empty={contexts.state === 'reading' ? 'Reading the contexts…' : table.ids.length === 0 ? 'No user acted in this log: there is nothing but background.' : 'No context passes the filter. Clear it, or take the stretch of time away.'}
      />
      <p className="mt-2 text-12 text-dim" aria-live="polite">
        {formatCount(view.rows.length)} of {formatCount(contexts.total)} contexts{groups.length > 0 ? ` in ${formatCount(groups.length)} groups` : ''}
        {contexts.total > table.ids.length && contexts.state === 'ready' ? `; the first ${formatCount(table.ids.length)} are listed here, /query asks all of them` : ''}
      </p>
      <ContextsSelectionBar
        count={selected.size} onClear={clear}
        onMerge={() => correct({ kind: 'merge', contexts: state.selected, into: earliest(table, selected) }, `${formatCount(selected.size)} contexts are one now.`)}
        onConfirm={() => correct({ kind: 'confirm', contexts: state.selected }, `${formatCount(selected.size)} confirmed.`)}
      />
    </>
  )
}

function useHead(change: Change, table: ColumnTable, rows: Int32Array): HeadActions {
  return useMemo(() => ({
    sort: (column, mode) => change((now) => ({ ...now, sort: sorted(now.sort, column, mode) })),
    move: (key, by) => change((now) => ({ ...now, columns: moved(now.columns, now.columns.indexOf(key), by) })),
    hide: (key) => change((now) => (now.columns.length > 1 ? { ...now, columns: now.columns.filter((other) => other !== key) } : now)),
    selectAll: () => change((now) => ({ ...now, selected: now.selected.length > 0 ? [] : Array.from(rows.slice(0, MOST_SELECTED), (row) => table.ids[row] ?? '') })),
  }), [change, table, rows])
}

/** More do not fit an address. */
const MOST_SELECTED = 200

/** The context of a selection that began first. */
function earliest({ ids, columns }: ColumnTable, selected: ReadonlySet<string>): string {
  const time = columns.get('time')
  const rows = ids.flatMap((id, row) => (selected.has(id) ? [row] : []))
  rows.sort((a, b) => (numberAt(time, a) ?? Number.POSITIVE_INFINITY) - (numberAt(time, b) ?? Number.POSITIVE_INFINITY))
  return ids[rows[0] ?? -1] ?? ''
}

/** Carries an act out, says so, and offers to take it back. */
function useCorrect(id: string, { revision, refresh }: ContextsTable, clear: () => void): (act: CorrectionAct, said: string) => void {
  const done = useUndo()
  return (act, said) => {
    sendCorrection(id, act, revision).then(({ correction }) => {
      clear()
      refresh()
      done(said, async () => {
        await sendUndo(id, correction.id)
        refresh()
      })
    }).catch((error: unknown) => {
      showFailure(error)
      refresh()
    })
  }
}

/** Makes what filters look at while nobody waits. */
function useWarm(table: ColumnTable): void {
  useEffect(() => {
    const timer = setTimeout(() => searchTexts(table), 100)
    return () => clearTimeout(timer)
  }, [table])
}
