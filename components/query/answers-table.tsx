'use client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useEffect, useRef, type ReactNode } from 'react'
import type { AnswerCell, AnswerColumn } from '@/lib/contexts/query-answers'
import { cn } from '@/components/ui/cn'
import { LOOKS } from './answer-columns'

type Columns = Readonly<Record<AnswerColumn, readonly AnswerCell[]>>
export const TABLE_HEAD = 32
export const TABLE_ROW = 30

interface Props {
  readonly columns: Columns
  readonly count: number
  readonly shown: readonly AnswerColumn[]
  readonly active: number
  readonly onActivate: (row: number) => void
  readonly onOpen: (row: number) => void
  readonly height: string
  readonly empty: ReactNode
  readonly foot: ReactNode
}

/** The answers that have come so far; only those in view are drawn. */
export function AnswersTable({ columns, count, shown, active, onActivate, onOpen, height, empty, foot }: Props) {
  const scroll = useRef<HTMLDivElement>(null)
  // oxlint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({ count, getScrollElement: () => scroll.current, estimateSize: () => TABLE_ROW, overscan: 10, scrollPaddingStart: TABLE_HEAD })
  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active)
  }, [virtual, active])
  const template = shown.map((name) => LOOKS[name].track).join(' ')
  const width = shown.reduce((sum, name) => sum + LOOKS[name].pixels, 0)
  return (
    <div ref={scroll} role="grid" aria-label="Answers" aria-rowcount={count + 1} tabIndex={0} className="overflow-auto rounded-md border border-line" style={{ height }}>
      <div style={{ minWidth: width }}>
        <div role="row" aria-rowindex={1} className="sticky top-0 z-10 grid items-center border-b border-line bg-panel text-12 font-medium text-dim" style={{ gridTemplateColumns: template, height: TABLE_HEAD }}>
          {shown.map((name) => <div key={name} role="columnheader" className={cn('truncate px-2', LOOKS[name].figure && 'text-right')}>{LOOKS[name].title}</div>)}
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => <AnswerRow key={item.index} columns={columns} shown={shown} row={item.index} start={item.start} template={template} active={item.index === active} onActivate={onActivate} onOpen={onOpen} />)}
        </div>
        {count === 0 ? <div className="p-6 text-center text-dim">{empty}</div> : foot}
      </div>
    </div>
  )
}

interface RowProps {
  readonly columns: Columns
  readonly shown: readonly AnswerColumn[]
  readonly row: number
  readonly start: number
  readonly template: string
  readonly active: boolean
  readonly onActivate: (row: number) => void
  readonly onOpen: (row: number) => void
}

/** One answer; drawn anew only when it or its place changes. */
const AnswerRow = memo(function AnswerRow({ columns, shown, row, start, template, active, onActivate, onOpen }: RowProps) {
  return (
    <div role="row" aria-rowindex={row + 2} aria-selected={active} className={cn('absolute top-0 left-0 grid w-full cursor-default items-center border-b border-line hover:bg-hover', active && 'bg-accent-bg shadow-[inset_2px_0_var(--color-accent)]')} style={{ gridTemplateColumns: template, height: TABLE_ROW, transform: `translateY(${start}px)` }} onMouseDown={() => onActivate(row)} onDoubleClick={() => onOpen(row)}>
      {shown.map((name) => <div key={name} role="gridcell" className={cn('truncate px-2', LOOKS[name].figure && 'text-right', LOOKS[name].mono && 'font-mono text-12')}>{LOOKS[name].draw(columns[name][row] ?? null)}</div>)}
    </div>
  )
})
