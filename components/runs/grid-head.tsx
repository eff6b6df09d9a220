'use client'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { KeyboardEvent, MouseEvent } from 'react'
import type { Column } from '@/components/columns/column'
import type { SortBy } from '@/components/columns/order'
import { Checkbox } from '@/components/ui/checkbox'
import { cn } from '@/components/ui/cn'

export interface HeadActions {
  /** `add`: keeps the sorts there are and puts this one after them. */
  readonly sort: (column: Column, mode: 'only' | 'add') => void
  readonly move: (key: string, by: -1 | 1) => void
  readonly hide: (key: string) => void
  readonly selectAll: () => void
}

interface Props {
  columns: readonly Column[]
  sort: readonly SortBy[]
  template: string
  selection: 'none' | 'some' | 'all'
  on: HeadActions
  /** What the rows are, in the plural. */
  rows?: string
}

export const HEAD_HEIGHT = 32

export function GridHead({ columns, sort, template, selection, on, rows = 'runs' }: Props) {
  return (
    <div role="row" aria-rowindex={1} className="sticky top-0 z-10 grid border-b border-line bg-panel" style={{ gridTemplateColumns: template, height: HEAD_HEIGHT }}>
      <div role="columnheader" className="flex items-center px-2"><Checkbox label={`Select all ${rows} shown`} checked={selection === 'all'} mixed={selection === 'some'} onClick={on.selectAll} /></div>
      {columns.map((column) => <HeadCell key={column.key} column={column} sorted={sort.find(({ id }) => id === column.key)} on={on} />)}
    </div>
  )
}

function HeadCell({ column, sorted, on }: { column: Column; sorted: SortBy | undefined; on: HeadActions }) {
  const figure = column.kind === 'number' && column.key !== 'number'
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.shiftKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) on.move(column.key, event.key === 'ArrowLeft' ? -1 : 1)
    else if (event.key === 'Delete') on.hide(column.key)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div role="columnheader" className="min-w-0" aria-sort={sorted ? (sorted.desc ? 'descending' : 'ascending') : 'none'}>
      <button
        type="button"
        title={`${column.title}: ${column.hint}. Click to sort, with Shift after the others; Shift ← and → move the column, Del hides it.`}
        className={cn('flex h-full w-full items-center gap-1 truncate px-2 text-12 font-medium text-dim hover:text-ink focus-visible:-outline-offset-2', figure && 'justify-end')}
        onClick={(event: MouseEvent) => on.sort(column, event.shiftKey ? 'add' : 'only')}
        onKeyDown={onKeyDown}
      >
        <span className="truncate">{column.short}</span>
        {sorted ? (sorted.desc ? <ArrowDown aria-hidden className="size-3 shrink-0" /> : <ArrowUp aria-hidden className="size-3 shrink-0" />) : null}
      </button>
    </div>
  )
}
