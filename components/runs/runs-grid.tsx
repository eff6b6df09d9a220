'use client'
import { useMemo, useState, type ReactNode } from 'react'
import type { Column } from '@/components/columns/column'
import type { SortBy } from '@/components/columns/order'
import { useKey } from '@/components/keys/use-key'
import { useRowKeys } from '@/components/table/use-row-keys'
import type { Editable } from './grid-cells'
import { GridHead, HEAD_HEIGHT, type HeadActions } from './grid-head'
import { gridLayout } from './grid-layout'
import type { GridLines } from './grid-lines'
import { GridRow, ROW_HEIGHT, type GridActions } from './grid-row'
import { GroupLine } from './group-row'
import type { RunTable } from './use-run-table'
import { useWindow } from './use-window'

interface Props {
  runs: RunTable
  lines: GridLines
  columns: readonly Column[]
  by: readonly Column[]
  sort: readonly SortBy[]
  selected: ReadonlySet<string>
  selection: 'none' | 'some' | 'all'
  baseline: number
  editing: { readonly id: string; readonly what: Editable } | null
  height: string
  isOpen: (key: string) => boolean
  head: HeadActions
  on: Omit<GridActions, 'activate'> & { readonly pin: (id: string) => void }
  empty: ReactNode
}

/** The table of runs: draws the rows in view alone. */
export function RunsGrid({ runs, lines, columns, by, sort, selected, selection, baseline, editing, height, isOpen, head, on, empty }: Props) {
  const [active, setActive] = useState(-1)
  const { ref, start, end, slots, onScroll, reveal } = useWindow(lines.count, ROW_HEIGHT, HEAD_HEIGHT)
  const { template, width } = useMemo(() => gridLayout(columns, { deltas: baseline >= 0, deviations: by.length > 0 }), [columns, baseline, by.length])
  const { toggle, open, edit, save, expand } = on
  const actions = useMemo((): GridActions => ({ activate: setActive, toggle, open, edit, save, expand }), [toggle, open, edit, save, expand])
  useGridKeys(runs, lines, active, on, (index) => {
    setActive(index)
    reveal(index)
  })
  const drawn = Array.from({ length: Math.max(0, end - start) }, (_, place) => start + place)
  return (
    <>
      <div ref={ref} role="table" aria-label="Runs" aria-rowcount={lines.count + 1} tabIndex={0} className="overflow-auto rounded-md border border-line" style={{ maxHeight: height }} onScroll={onScroll}>
        <div style={{ minWidth: width }}>
          <GridHead columns={columns} sort={sort} template={template} selection={selection} on={head} />
          <div role="rowgroup" className="relative" style={{ height: lines.count * ROW_HEIGHT }}>
            {drawn.map((index) => {
              const line = lines.at(index)
              const slot = index % slots
              if ('group' in line) return <GroupLine key={`group${slot}`} group={line.group} by={by} columns={columns} index={index} template={template} expanded={isOpen(line.group.key)} active={index === active} baseline={baseline} on={actions} />
              const id = runs.table.ids[line.row] ?? ''
              return <GridRow key={slot} runs={runs} columns={columns} row={line.row} index={index} template={template} selected={selected.has(id)} active={index === active} baseline={baseline} editing={editing?.id === id ? editing.what : null} on={actions} />
            })}
          </div>
        </div>
      </div>
      {lines.count === 0 ? <div className="rounded-b-md border border-t-0 border-line p-6 text-center text-dim">{empty}</div> : null}
    </>
  )
}

function useGridKeys(runs: RunTable, lines: GridLines, active: number, on: Props['on'], move: (index: number) => void): void {
  const line = active >= 0 && active < lines.count ? lines.at(active) : null
  const id = line && 'row' in line ? (runs.table.ids[line.row] ?? null) : null
  const onRun = (work: (id: string) => void) => (): void => {
    if (id !== null) work(id)
  }
  useRowKeys({
    count: lines.count, active, move, select: onRun(on.toggle),
    open: () => {
      if (line && 'group' in line) on.expand(line.group.key)
      else if (id !== null) on.open(id)
    },
  })
  useKey('b', 'Pin the run as baseline, or unpin it', 'Tables', onRun(on.pin))
  useKey('t', 'Write the run’s tags', 'Tables', onRun((run) => on.edit(run, 'tags' satisfies Editable)))
  useKey('n', 'Write the run’s note', 'Tables', onRun((run) => on.edit(run, 'note' satisfies Editable)))
}
