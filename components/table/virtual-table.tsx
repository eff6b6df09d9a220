'use client'
import type { Header, ReactTable, Row, RowData } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp, ChevronRight } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import { plural } from '@/components/format/number'
import { useKey } from '@/components/keys/use-key'
import { cn } from '@/components/ui/cn'
import { DataRow, rowLook } from './data-row'
import type { Features } from './features'

interface Props<T extends RowData> {
  table: ReactTable<Features, T>
  label: string
  /** Pixels of the scrolling part at most; it is no higher than its rows need. */
  height: number | string
  rowHeight?: number
  onOpen?: (row: T) => void
  /** j, k, Enter and x belong to this table; only one table of a page should ask for them. */
  keys?: boolean
  groupTitle?: (row: Row<Features, T>) => ReactNode
  empty: ReactNode
}

const HEAD = 32

/** A table that draws only the rows in view, so that ten thousand stay quick; its head sticks. */
export function VirtualTable<T extends RowData>({ table, label, height, rowHeight = 32, onOpen, keys = false, groupTitle, empty }: Props<T>) {
  const scroll = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(-1)
  const rows = table.getRowModel().rows
  // oxlint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => rowHeight, overscan: 8, scrollPaddingStart: HEAD })
  const columns = table.getVisibleLeafColumns()
  const template = columns.map((column) => `minmax(${column.getSize()}px, ${column.columnDef.meta?.figure ? column.getSize() : column.getSize() * 1.6}fr)`).join(' ')
  const width = columns.reduce((sum, column) => sum + column.getSize(), 0)
  useTableKeys(table, keys, active, (index) => {
    setActive(index)
    virtual.scrollToIndex(index)
  }, onOpen)
  return (
    <>
      <div ref={scroll} role="table" aria-label={label} aria-rowcount={rows.length + 1} tabIndex={0} className="overflow-auto rounded-md border border-line" style={{ maxHeight: height }}>
        <div style={{ minWidth: width }}>
          {table.getHeaderGroups().map((group) => (
            <div key={group.id} role="row" aria-rowindex={1} className="sticky top-0 z-10 grid border-b border-line bg-panel" style={{ gridTemplateColumns: template, height: HEAD }}>
              {group.headers.map((header) => <HeadCell key={header.id} table={table} header={header} />)}
            </div>
          ))}
          <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index]
              if (!row) return null
              const [selected, isActive] = [row.getIsSelected(), item.index === active]
              if (!row.getIsGrouped()) return <DataRow key={row.id} row={row} columns={columns} index={item.index} start={item.start} height={rowHeight} template={template} selected={selected} active={isActive} onActivate={setActive} />
              return (
                <div key={row.id} role="row" aria-rowindex={item.index + 2} aria-selected={selected} className={rowLook(selected, isActive)} style={{ gridTemplateColumns: template, height: rowHeight, transform: `translateY(${item.start}px)` }} onMouseDown={() => setActive(item.index)}>
                  <GroupCells row={row} table={table} title={groupTitle?.(row)} />
                </div>
              )
            })}
          </div>
        </div>
      </div>
      {rows.length === 0 ? <div className="rounded-b-md border border-t-0 border-line p-6 text-center text-dim">{empty}</div> : null}
    </>
  )
}

function HeadCell<T extends RowData>({ table, header }: { table: ReactTable<Features, T>; header: Header<Features, T, unknown> }) {
  const { column } = header
  const sorted = column.getIsSorted()
  const figure = column.columnDef.meta?.figure
  const look = cn('flex h-full items-center gap-1 truncate px-2 text-12 font-medium text-dim', figure && 'justify-end')
  const content = <table.FlexRender header={header} />
  return (
    <div role="columnheader" className="min-w-0" {...(column.getCanSort() ? { 'aria-sort': sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none' } : {})}>
      {column.getCanSort() ? (
        <button type="button" title={column.columnDef.meta?.hint} className={cn(look, 'w-full hover:text-ink focus-visible:-outline-offset-2')} onClick={column.getToggleSortingHandler()}>
          <span className="truncate">{content}</span>
          {sorted === 'asc' ? <ArrowUp aria-hidden className="size-3 shrink-0" /> : sorted === 'desc' ? <ArrowDown aria-hidden className="size-3 shrink-0" /> : null}
        </button>
      ) : <div className={look}>{content}</div>}
    </div>
  )
}

function GroupCells<T extends RowData>({ row, table, title }: { row: Row<Features, T>; table: ReactTable<Features, T>; title: ReactNode }) {
  const cells = row.getVisibleCells()
  // Box, number and name give their room to the group's title.
  const span = Math.min(3, cells.length)
  return cells.map((cell, index) => (
    <div key={cell.id} role="cell" className={cn('truncate px-2 font-medium', cell.column.columnDef.meta?.figure && 'text-right text-dim')} style={index === 0 ? { gridColumn: `span ${span}` } : index < span ? { display: 'none' } : undefined}>
      {index === 0 ? (
        <button type="button" aria-expanded={row.getIsExpanded()} onClick={row.getToggleExpandedHandler()} className="flex items-center gap-1.5">
          <ChevronRight aria-hidden className={cn('size-3.5 transition-transform', row.getIsExpanded() && 'rotate-90')} />
          {title}
          <span className="font-normal text-dim">{plural(row.getLeafRows().length, 'row')}</span>
        </button>
      ) : cell.getIsAggregated() ? <table.FlexRender cell={cell} /> : null}
    </div>
  ))
}

function useTableKeys<T extends RowData>(table: ReactTable<Features, T>, enabled: boolean, active: number, move: (index: number) => void, onOpen: ((row: T) => void) | undefined): void {
  const rows = table.getRowModel().rows
  const last = rows.length - 1
  const step = (by: number) => (): void => {
    if (last >= 0) move(Math.max(0, Math.min(last, active + by)))
  }
  const current = rows[active]
  useKey('j', 'Next row', 'Tables', step(1), { enabled })
  useKey('k', 'Previous row', 'Tables', step(-1), { enabled })
  useKey('ArrowDown', 'Next row', 'Tables', step(1), { enabled })
  useKey('ArrowUp', 'Previous row', 'Tables', step(-1), { enabled })
  useKey('x', 'Select the row', 'Tables', () => current?.toggleSelected(), { enabled })
  useKey('Enter', 'Open the row', 'Tables', () => {
    if (!current) return
    if (current.getIsGrouped()) current.toggleExpanded()
    else onOpen?.(current.original)
  }, { enabled: enabled && active >= 0 })
}
