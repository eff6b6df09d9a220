'use client'
import { memo } from 'react'
import type { Column } from '@/components/columns/column'
import { cn } from '@/components/ui/cn'
import { GridCell, type Editable } from './grid-cells'
import type { RunTable } from './use-run-table'

interface Props {
  readonly runs: RunTable
  readonly columns: readonly Column[]
  readonly row: number
  /** Place in the table, from 0. */
  readonly index: number
  readonly template: string
  readonly selected: boolean
  readonly active: boolean
  readonly baseline: number
  readonly editing: Editable | null
  readonly on: GridActions
}

/** What rows can ask for; one object for all of them, so that none is drawn anew for its sake. */
export interface GridActions {
  readonly activate: (index: number) => void
  readonly toggle: (id: string) => void
  readonly open: (id: string) => void
  readonly edit: (id: string, what: Editable | null) => void
  readonly save: (id: string, what: Editable, text: string) => void
  readonly expand: (key: string) => void
}

export const ROW_HEIGHT = 32

export function rowLook(selected: boolean, active: boolean): string {
  return cn('absolute top-0 left-0 grid w-full items-center border-b border-line hover:bg-hover', selected && 'bg-accent-bg', active && 'shadow-[inset_2px_0_var(--color-accent)]')
}

function PlainRow({ runs, columns, row, index, template, selected, active, baseline, editing, on }: Props) {
  const id = runs.table.ids[row] ?? ''
  return (
    <div role="row" aria-rowindex={index + 2} aria-selected={selected} data-run={id} className={rowLook(selected, active)} style={{ gridTemplateColumns: template, height: ROW_HEIGHT, transform: `translateY(${index * ROW_HEIGHT}px)` }} onMouseDown={() => on.activate(index)}>
      <div role="cell" className="px-2"><input type="checkbox" aria-label={`Select run ${numberOf(runs, row)}`} className="block size-3.5" checked={selected} onChange={() => on.toggle(id)} /></div>
      {columns.map((column) => (
        <div key={column.key} role="cell" className={column.kind === 'number' && column.key !== 'number' ? 'truncate px-2 text-right' : 'truncate px-2'}>
          <GridCell runs={runs} column={column} row={row} id={id} baseline={baseline} editing={editing} onOpen={on.open} onEdit={on.edit} onSave={on.save} />
        </div>
      ))}
    </div>
  )
}

function numberOf(runs: RunTable, row: number): number | undefined {
  const column = runs.table.columns.get('number')
  return column?.kind === 'number' ? column.values[row] : undefined
}

/** One run; its place on the page is reused for others, so that scrolling and filtering write texts and build nothing. */
export const GridRow = memo(PlainRow)
