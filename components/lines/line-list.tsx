'use client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { LineColumns } from '@/lib/experiments/compare/line-columns'
import { LineRow, ROW_HEADS, ROW_HEIGHT, ROW_TEMPLATE, ROW_WIDTH } from './line-row'

const HEAD = 32

/** The lines asked for; only those in view are drawn. Space opens the event while the list has the focus. */
export function LineList({ lines, shown, active, height, onActivate, onOpen }: { lines: LineColumns; shown: Int32Array; active: number; height: number; onActivate: (place: number) => void; onOpen: () => void }) {
  const scroll = useRef<HTMLDivElement>(null)
  // oxlint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({ count: shown.length, getScrollElement: () => scroll.current, estimateSize: () => ROW_HEIGHT, overscan: 8, scrollPaddingStart: HEAD })
  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active)
  }, [virtual, active])
  return (
    <div ref={scroll} role="grid" aria-label="Lines" aria-rowcount={shown.length + 1} tabIndex={0} className="overflow-auto rounded-md border border-line" style={{ height }} onKeyDown={(event) => {
      if (event.key !== ' ' || event.target !== event.currentTarget) return
      event.preventDefault()
      onOpen()
    }}>
      <div style={{ minWidth: ROW_WIDTH }}>
        <div role="row" aria-rowindex={1} className="sticky top-0 z-10 grid items-center border-b border-line bg-panel text-12 font-medium text-dim" style={{ gridTemplateColumns: ROW_TEMPLATE, height: HEAD }}>
          {ROW_HEADS.map((name) => <div key={name} role="columnheader" className="px-2">{name === '' ? <span className="sr-only">Who is right</span> : name}</div>)}
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => <LineRow key={lines.auditID[shown[item.index] as number]} lines={lines} line={shown[item.index] as number} place={item.index} start={item.start} active={item.index === active} onActivate={onActivate} />)}
        </div>
        {shown.length === 0 ? <p className="p-6 text-center text-dim">No line passes. Show more outcomes, or take a chip away.</p> : null}
      </div>
    </div>
  )
}
