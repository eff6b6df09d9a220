'use client'
import { ChevronRight } from 'lucide-react'
import { memo } from 'react'
import { numberAt, textAt, varies, type Column, type ColumnTable } from '@/components/columns/column'
import type { RowGroup } from '@/components/columns/group'
import { formatCount, plural } from '@/components/format/number'
import { ROW_HEIGHT, rowLook } from '@/components/runs/grid-row'
import { cn } from '@/components/ui/cn'
import type { RowActions } from './contexts-row'
import { sentenceOf } from './sentence'

interface Props {
  readonly table: ColumnTable
  readonly group: RowGroup
  readonly by: readonly Column[]
  readonly columns: readonly Column[]
  readonly index: number
  readonly template: string
  readonly expanded: boolean
  readonly active: boolean
  readonly on: RowActions
}

/** Columns that a group's title takes the room of. */
const LEADING = 2

function PlainGroup({ table, group, by, columns, index, template, expanded, active, on }: Props) {
  return (
    <div role="row" aria-rowindex={index + 2} className={cn(rowLook(false, active), 'bg-panel')} style={{ gridTemplateColumns: template, height: ROW_HEIGHT, transform: `translateY(${index * ROW_HEIGHT}px)` }} onMouseDown={() => on.activate(index)}>
      <div role="cell" className="truncate px-2 font-medium" style={{ gridColumn: `span ${LEADING + 1}` }}>
        <button type="button" aria-expanded={expanded} onClick={() => on.expand(group.key)} className="flex max-w-full items-center gap-1.5">
          <ChevronRight aria-hidden className={cn('size-3.5 shrink-0', expanded && 'rotate-90')} />
          <span className="truncate"><bdi>{titleOf(table, group, by)}</bdi></span>
          <span className="font-normal whitespace-nowrap text-dim">{plural(group.rows.length, 'context')}</span>
        </button>
      </div>
      {columns.slice(LEADING).map((column) => <div key={column.key} role="cell" className={cn('truncate px-2', column.kind === 'number' && 'text-right')}><GroupCell column={column} rows={group.rows} /></div>)}
    </div>
  )
}

/** A command is known by what it did first; its id says nothing to a reader. */
function titleOf(table: ColumnTable, group: RowGroup, by: readonly Column[]): string {
  return by.map((column, place) => {
    const text = group.texts[place] ?? '–'
    if (column.key === 'command') return text === '–' ? 'Alone' : `Command: ${sentenceOf(table, group.rows[0] ?? 0).split(';')[0]}…`
    return `${column.title}: ${text === '–' ? 'none' : text}`
  }).join(', ')
}

/** Events and lines are added up, of confidences the lowest counts; of anything else the value if all agree. */
function GroupCell({ column, rows }: { column: Column; rows: Int32Array }) {
  if (column.key === 'events' || column.key === 'lines') return <span title="Together">{formatCount(rows.reduce((sum, row) => sum + (numberAt(column, row) ?? 0), 0))}</span>
  if (column.key === 'confidence') return <span title="The lowest">{lowest(column, rows)}</span>
  return varies(column, rows) ? <span className="text-dim" title="They differ">…</span> : <bdi>{textAt(column, rows[0] ?? 0)}</bdi>
}

function lowest(column: Column, rows: Int32Array): string {
  const least = rows.reduce((low, row) => Math.min(low, numberAt(column, row) ?? Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY)
  return column.kind === 'number' && Number.isFinite(least) ? column.format(least) : '–'
}

export const ContextsGroupRow = memo(PlainGroup)
