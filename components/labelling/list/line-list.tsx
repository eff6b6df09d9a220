'use client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useMemo, useRef, type MouseEvent } from 'react'
import { cn } from '@/components/ui/cn'
import { requestAt } from '../state/log-index'
import { placeOf } from '../state/filter'
import type { LabelState } from '../state/model'
import type { LabelStore } from '../sync/label-store'
import { LineRow, ROW_GRID, ROW_HEADS, ROW_HEIGHT } from './line-row'

const HEAD = 28
/** Lines that stay in view behind the cursor: a labeller reads ahead. */
const AHEAD = 5

/** The log; only the lines in view are drawn. Click chooses a line, Shift+click a range, Ctrl+click one more. */
export function LineList({ store, state }: { store: LabelStore; state: LabelState }) {
  const { log, shown, cursor, suggestions, labels, selected, conflicts } = state
  const scroll = useRef<HTMLDivElement>(null)
  // oxlint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({ count: shown.length, getScrollElement: () => scroll.current, estimateSize: () => ROW_HEIGHT, overscan: 10, scrollPaddingStart: HEAD + ROW_HEIGHT, scrollPaddingEnd: AHEAD * ROW_HEIGHT })
  const place = placeOf(shown, cursor)
  // Also where the list grows lower, as when a conflict is shown above it.
  const height = virtual.scrollRect?.height ?? 0
  useLayoutEffect(() => {
    if (place < shown.length && height > 0) virtual.scrollToIndex(place)
  }, [virtual, place, shown, height])
  const disputed = useMemo(() => new Set(conflicts.flatMap(({ theirs }) => theirs.map(({ auditID }) => auditID))), [conflicts])
  const press = useMemo(() => (line: number, event: MouseEvent): void => {
    if (event.button !== 0) return
    if (event.shiftKey) event.preventDefault()
    store.dispatch(event.shiftKey ? { type: 'extend', move: { kind: 'to', line } } : event.ctrlKey || event.metaKey ? { type: 'toggle', line } : { type: 'move', move: { kind: 'to', line } })
  }, [store])
  return (
    <div ref={scroll} role="grid" aria-label="Log" aria-rowcount={shown.length + 1} aria-multiselectable tabIndex={0} className="relative min-h-0 min-w-0 flex-1 overflow-auto bg-bg outline-offset-[-2px]">
      <div className="min-w-[41rem]">
        <div role="row" aria-rowindex={1} className={cn(ROW_GRID, 'sticky top-0 z-10 border-b border-line bg-panel text-12 font-medium text-dim')} style={{ height: HEAD }}>
          {ROW_HEADS.map((name) => <span key={name} role="columnheader" className={cn('truncate', (name === 'Role' || name === 'Standing') && 'text-transparent')} title={name}>{name}</span>)}
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const line = shown[item.index]
            if (line === undefined) return null
            const request = requestAt(log, line)
            return <LineRow key={line} log={log} suggestions={suggestions} label={labels[request] ?? null} line={line} place={item.index} start={item.start} active={line === cursor} selected={selected.has(request)} disputed={disputed.size > 0 && disputed.has(log.auditIDs[request] ?? '')} onPress={press} />
          })}
        </div>
        {shown.length === 0 ? <p className="p-6 text-center text-dim">No line passes. Take a part of the filter away.</p> : null}
      </div>
    </div>
  )
}
