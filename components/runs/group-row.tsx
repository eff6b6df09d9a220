'use client'
import { ChevronRight } from 'lucide-react'
import { memo } from 'react'
import { numberAt, textAt, varies, type Column } from '@/components/columns/column'
import { spreadOf, type RowGroup } from '@/components/columns/group'
import { Ago } from '@/components/format/ago'
import { plural } from '@/components/format/number'
import { cn } from '@/components/ui/cn'
import { Delta, TIMES } from './grid-cells'
import { isFigure } from './grid-layout'
import { ROW_HEIGHT, rowLook, type GridActions } from './grid-row'

interface Props {
  readonly group: RowGroup
  readonly by: readonly Column[]
  readonly columns: readonly Column[]
  readonly index: number
  readonly template: string
  readonly expanded: boolean
  readonly active: boolean
  readonly baseline: number
  readonly on: GridActions
}

function PlainGroup({ group, by, columns, index, template, expanded, active, baseline, on }: Props) {
  // The title takes the room of the leading columns that have nothing to say of a group.
  const leading = Math.max(1, columns.findIndex((column) => column.from !== 'run'))
  return (
    <div role="row" aria-rowindex={index + 2} className={cn(rowLook(false, active), 'bg-panel')} style={{ gridTemplateColumns: template, height: ROW_HEIGHT, transform: `translateY(${index * ROW_HEIGHT}px)` }} onMouseDown={() => on.activate(index)}>
      <div role="cell" className="truncate px-2 font-medium" style={{ gridColumn: `span ${leading + 1}` }}>
        <button type="button" aria-expanded={expanded} onClick={() => on.expand(group.key)} className="flex max-w-full items-center gap-1.5">
          <ChevronRight aria-hidden className={cn('size-3.5 shrink-0', expanded && 'rotate-90')} />
          <span className="truncate">{by.map((column, place) => `${column.title}: ${group.texts[place]}`).join(', ')}</span>
          <span className="font-normal whitespace-nowrap text-dim">{plural(group.rows.length, 'run')}</span>
        </button>
      </div>
      {columns.slice(leading).map((column) => <div key={column.key} role="cell" className={cn('truncate px-2', column.kind === 'number' && 'text-right')}><GroupCell column={column} rows={group.rows} baseline={baseline} /></div>)}
    </div>
  )
}

/** Mean and deviation of figures; of anything else the value if all agree. */
function GroupCell({ column, rows, baseline }: { column: Column; rows: Int32Array; baseline: number }) {
  if (column.kind === 'word' || !isFigure(column)) {
    if (varies(column, rows)) return <span className="text-dim" title="They differ">…</span>
    return TIMES.has(column.key) ? <Ago at={numberAt(column, rows[0] ?? 0)} /> : textAt(column, rows[0] ?? 0)
  }
  const spread = spreadOf(column, rows)
  if (!spread) return '–'
  return (
    <span title={`Mean of ${plural(spread.count, 'run')}${spread.deviation === null ? '' : ', and sample deviation'}`}>
      {column.format(spread.mean)}
      {spread.deviation === null ? null : <span className="text-dim"> ± {column.format(spread.deviation)}</span>}
      {baseline >= 0 ? <Delta column={column} value={spread.mean} baseline={numberAt(column, baseline)} /> : null}
    </span>
  )
}

export const GroupLine = memo(PlainGroup)
