'use client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { actionOf, actorOf, objectOf } from '@/lib/contexts/view/names'
import { RoleMark } from '@/components/playground/role-mark'
import { LogText } from '@/components/format/log-text'
import { cn } from '@/components/ui/cn'
import type { Shown } from './context-view'
import { afterText } from './request-words'

const ROW = 28
const TEMPLATE = '5.5rem 1.25rem minmax(9rem,1fr) minmax(10rem,1.2fr) 9rem 3rem 4rem'

/** Every request in order of time; j and k move, as everywhere in the view. */
export function EventsList({ picture, chosen, choose }: Shown) {
  const scroll = useRef<HTMLDivElement>(null)
  // oxlint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({ count: picture.requests, getScrollElement: () => scroll.current, estimateSize: () => ROW, overscan: 10, scrollPaddingStart: ROW })
  useEffect(() => { if (chosen >= 0) virtual.scrollToIndex(chosen) }, [virtual, chosen])
  return (
    <div ref={scroll} role="table" aria-label="Events" aria-rowcount={picture.requests + 1} tabIndex={0} className="overflow-auto rounded-md border border-line" style={{ height: Math.min(640, (picture.requests + 1) * ROW + 4) }}>
      <div className="min-w-[46rem]">
        <div role="row" aria-rowindex={1} className="sticky top-0 z-10 grid items-center gap-2 border-b border-line bg-panel px-2 text-12 text-dim" style={{ gridTemplateColumns: TEMPLATE, height: ROW }}>
          {['after', '', 'action', 'object', 'actor', 'status', 'certain'].map((name) => <span key={name} role="columnheader" className={name === 'after' || name === 'status' || name === 'certain' ? 'text-right' : ''}>{name === '' ? <span className="sr-only">role</span> : name}</span>)}
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const confidence = picture.number('confidence', index)
            return (
              <div key={index} role="row" aria-rowindex={index + 2} aria-selected={index === chosen} onMouseDown={() => choose(index)} className={cn('absolute top-0 left-0 grid w-full cursor-pointer items-center gap-2 border-b border-line px-2 text-12', index === chosen ? 'bg-accent-bg' : 'hover:bg-hover')} style={{ gridTemplateColumns: TEMPLATE, height: ROW, transform: `translateY(${start}px)` }}>
                <span role="cell" className="text-right font-mono text-dim">{afterText(picture, index)}</span>
                <span role="cell"><RoleMark role={picture.role(index)} verb={picture.text('verb', index)} label={false} /></span>
                <span role="cell" className="truncate font-medium"><LogText text={actionOf(picture, index)} limit={80} /></span>
                <span role="cell" className="truncate font-mono text-dim"><LogText text={objectOf(picture, index)} limit={120} /></span>
                <span role="cell" className="truncate"><LogText text={actorOf(picture, index)} limit={60} /></span>
                <span role="cell" className={cn('text-right', picture.failed(index) && 'font-semibold text-bad')}>{picture.number('code', index) ?? '–'}</span>
                <span role="cell" className={cn('text-right', picture.uncertain(index) && 'text-warn')}>{confidence === null || index === picture.trigger ? '–' : `${picture.uncertain(index) ? '? ' : ''}${confidence.toFixed(2)}`}</span>
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}
