'use client'
import { useMemo, useState, type ReactNode } from 'react'
import type { Column, ColumnTable } from '@/components/columns/column'
import type { SortBy } from '@/components/columns/order'
import { GridHead, HEAD_HEIGHT, type HeadActions } from '@/components/runs/grid-head'
import type { GridLines } from '@/components/runs/grid-lines'
import { ROW_HEIGHT } from '@/components/runs/grid-row'
import { useWindow } from '@/components/runs/use-window'
import { useRowKeys } from '@/components/table/use-row-keys'
import { ContextsGroupRow } from './contexts-group-row'
import { contextsLayout } from './contexts-layout'
import { ContextsRow, type RowActions } from './contexts-row'

interface Props {
  table: ColumnTable
  lines: GridLines
  columns: readonly Column[]
  by: readonly Column[]
  sort: readonly SortBy[]
  selected: ReadonlySet<string>
  selection: 'none' | 'some' | 'all'
  height: string
  isOpen: (key: string) => boolean
  hrefOf: (id: string) => string
  head: HeadActions
  on: { readonly toggle: (id: string) => void; readonly open: (row: number) => void; readonly expand: (key: string) => void }
  empty: ReactNode
}

/** The contexts in view, drawn a screen at a time. */
export function ContextsGrid({ table, lines, columns, by, sort, selected, selection, height, isOpen, hrefOf, head, on, empty }: Props) {
  const [active, setActive] = useState(-1)
  const { ref, start, end, slots, onScroll, reveal } = useWindow(lines.count, ROW_HEIGHT, HEAD_HEIGHT)
  const { template, width } = useMemo(() => contextsLayout(columns), [columns])
  const { toggle, open, expand } = on
  const actions = useMemo((): RowActions => ({
    activate: setActive, toggle, expand,
    open: (index) => {
      const line = lines.at(index)
      if ('row' in line) open(line.row)
    },
  }), [lines, toggle, open, expand])
  useRowKeys({
    count: lines.count, active,
    move: (index) => {
      setActive(index)
      reveal(index)
      // A button that still has the focus, of a closed menu say, would take Enter for itself.
      ref.current?.focus({ preventScroll: true })
    },
    open: (index) => {
      const line = lines.at(index)
      if ('group' in line) expand(line.group.key)
      else open(line.row)
    },
    select: (index) => {
      const line = lines.at(index)
      if ('row' in line) toggle(table.ids[line.row] ?? '')
    },
  })
  const drawn = Array.from({ length: Math.max(0, end - start) }, (_, place) => start + place)
  return (
    <>
      <div ref={ref} role="table" aria-label="Contexts" aria-rowcount={lines.count + 1} tabIndex={0} className="overflow-auto rounded-md border border-line" style={{ maxHeight: height }} onScroll={onScroll}>
        <div style={{ minWidth: width }}>
          <GridHead columns={columns} sort={sort} template={template} selection={selection} on={head} rows="contexts" />
          <div role="rowgroup" className="relative" style={{ height: lines.count * ROW_HEIGHT }}>
            {drawn.map((index) => {
              const line = lines.at(index)
              const slot = index % slots
              if ('group' in line) return <ContextsGroupRow key={`group${slot}`} table={table} group={line.group} by={by} columns={columns} index={index} template={template} expanded={isOpen(line.group.key)} active={index === active} on={actions} />
              const id = table.ids[line.row] ?? ''
              return <ContextsRow key={slot} table={table} columns={columns} row={line.row} index={index} template={template} selected={selected.has(id)} active={index === active} href={hrefOf(id)} on={actions} />
            })}
          </div>
        </div>
      </div>
      {lines.count === 0 ? <div className="rounded-b-md border border-t-0 border-line p-6 text-center text-dim">{empty}</div> : null}
    </>
  )
}
