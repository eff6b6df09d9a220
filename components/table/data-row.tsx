'use client'
import { FlexRender, type Column, type Row, type RowData } from '@tanstack/react-table'
import { memo } from 'react'
import { cn } from '@/components/ui/cn'
import type { Features } from './features'

interface Props<T extends RowData> {
  readonly row: Row<Features, T>
  /** Those shown, in order. */
  readonly columns: readonly Column<Features, T>[]
  readonly index: number
  /** Pixels from the top of the first row. */
  readonly start: number
  readonly height: number
  readonly template: string
  readonly selected: boolean
  readonly active: boolean
  readonly onActivate: (index: number) => void
}

export function rowLook(selected: boolean, active: boolean): string {
  return cn('absolute top-0 left-0 grid w-full items-center border-b border-line', selected && 'bg-accent-bg', active && 'shadow-[inset_2px_0_var(--color-accent)]')
}

function PlainRow<T extends RowData>({ row, columns, index, start, height, template, selected, active, onActivate }: Props<T>) {
  const cells = row.getAllCellsByColumnId()
  return (
    <div role="row" aria-rowindex={index + 2} aria-selected={selected} className={cn(rowLook(selected, active), 'hover:bg-hover')} style={{ gridTemplateColumns: template, height, transform: `translateY(${start}px)` }} onMouseDown={() => onActivate(index)}>
      {columns.map((column) => {
        const cell = cells[column.id]
        return <div key={column.id} role="cell" className={cn('truncate px-2', column.columnDef.meta?.figure && 'text-right')}>{cell ? <FlexRender cell={cell} /> : null}</div>
      })}
    </div>
  )
}

/** One row of a table; drawn anew only when it or its place changes, as scrolling and filtering keep most of them. */
export const DataRow = memo(PlainRow) as typeof PlainRow
