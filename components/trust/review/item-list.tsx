'use client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { ReviewItem } from '@/lib/labelling/agreement/answers'
import { VerbMark } from '@/components/charts/verbs-plot'
import { LogText } from '@/components/format/log-text'
import { cn } from '@/components/ui/cn'
import { decisionText } from './review-state'

const ROW = 44

/** The queue; j and k move in it. */
export function ItemList({ items, at, onAt }: { items: readonly ReviewItem[]; at: number; onAt: (index: number) => void }) {
  const scroll = useRef<HTMLDivElement>(null)
  // oxlint-disable-next-line react-hooks/incompatible-library
  const rows = useVirtualizer({ count: items.length, getScrollElement: () => scroll.current, estimateSize: () => ROW, overscan: 8 })
  useEffect(() => { if (at >= 0 && at < items.length) rows.scrollToIndex(at) }, [rows, at, items.length])
  return (
    <div ref={scroll} role="listbox" aria-label="Disagreements" tabIndex={0} className="h-60 overflow-y-auto rounded-md border border-line lg:h-[36rem]" aria-activedescendant={items[at] ? `item-${at}` : undefined}>
      <div className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const item = items[row.index]
          if (!item) return null
          return (
            <div key={item.request.auditID} id={`item-${row.index}`} role="option" aria-selected={row.index === at} tabIndex={-1} onClick={() => onAt(row.index)} onKeyDown={() => undefined} className={cn('absolute inset-x-0 cursor-pointer border-b border-line px-3 py-1', row.index === at ? 'bg-accent-bg' : 'hover:bg-hover')} style={{ top: row.start, height: ROW }}>
              <p className="flex items-center gap-2"><VerbMark verb={item.request.verb} /><span className="truncate">{item.request.verb} <LogText text={item.request.resource ?? 'no API object'} limit={60} /> {item.request.name ? <span className="text-12 text-dim"><LogText text={item.request.name} limit={60} /></span> : null}</span></p>
              <p className="truncate text-12 text-dim">A {decisionText(item.a)} · B {decisionText(item.b)}</p>
            </div>
          )
        })}
      </div>
    </div>
  )
}
