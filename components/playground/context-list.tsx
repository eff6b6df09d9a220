'use client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { VerbMark } from '@/components/charts/verbs-plot'
import { formatClock } from '@/components/format/instant'
import { LogText } from '@/components/format/log-text'
import { formatCount, plural } from '@/components/format/number'
import { useKey } from '@/components/keys/use-key'
import { Kbd } from '@/components/ui/kbd'
import { cn } from '@/components/ui/cn'
import { shortUser } from './describe-line'
import type { ContextLine } from './protocol'

const ROW = 62

interface Props { contexts: readonly ContextLine[]; chosen: string | null; sort: 'time' | 'events'; onSort: (sort: 'time' | 'events') => void; onOpen: (id: string) => void }

/** The contexts that match; [ and ], or j and k, go through them. */
export function ContextList({ contexts, chosen, sort, onSort, onOpen }: Props) {
  const scroll = useRef<HTMLDivElement>(null)
  const at = contexts.findIndex((context) => context.id === chosen)
  // oxlint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({ count: contexts.length, getScrollElement: () => scroll.current, estimateSize: () => ROW, overscan: 8 })
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at)
    // Only a change of the chosen one scrolls.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [chosen])
  const step = (by: number) => (): void => {
    const next = contexts[Math.max(0, Math.min(contexts.length - 1, at + by))]
    if (next) onOpen(next.id)
  }
  useKey('j', 'Next context', 'Playground', step(1))
  useKey('k', 'Previous context', 'Playground', step(-1))
  useKey(']', 'Next context', 'Playground', step(1))
  useKey('[', 'Previous context', 'Playground', step(-1))
  return (
    <section aria-label="Contexts" className="flex min-h-0 min-w-0 flex-col bg-bg max-lg:h-80">
      <div className="flex h-9 shrink-0 items-center justify-between border-b border-line px-3 text-12 text-dim">
        <span><b className="font-semibold">Contexts</b> {formatCount(contexts.length)} <Kbd>j</Kbd> <Kbd>k</Kbd></span>
        <button type="button" className="hover:text-ink" onClick={() => onSort(sort === 'time' ? 'events' : 'time')}>by {sort === 'time' ? 'time' : 'size'}</button>
      </div>
      <div ref={scroll} className="min-h-0 flex-1 overflow-y-auto" tabIndex={0} role="listbox" aria-label="Contexts that match">
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const context = contexts[item.index]
            return context ? <ContextItem key={context.id} context={context} chosen={context.id === chosen} top={item.start} onOpen={onOpen} /> : null
          })}
        </div>
        {contexts.length === 0 ? <p className="p-4 text-dim">No context’s trigger matches. Clear the query, or look at the lines: events without a user’s action are background.</p> : null}
      </div>
    </section>
  )
}

function ContextItem({ context, chosen, top, onOpen }: { context: ContextLine; chosen: boolean; top: number; onOpen: (id: string) => void }) {
  const failed = context.code !== null && context.code >= 400
  return (
    <button
      type="button"
      role="option"
      aria-selected={chosen}
      onClick={() => onOpen(context.id)}
      style={{ transform: `translateY(${top}px)`, height: ROW }}
      className={cn(
        'absolute top-0 left-0 w-full border-b border-line px-3 py-1.5 text-left focus-visible:-outline-offset-2',
        chosen ? 'bg-accent-bg shadow-[inset_2px_0_var(--color-accent)]' : 'hover:bg-hover',
      )}
    >
      <span className="flex items-baseline gap-2">
        <VerbMark verb={context.verb} className="self-center" />
        <span className="min-w-0 flex-1 truncate font-medium">{context.verb} <LogText text={context.kind} limit={80} /></span>
        <span className="font-mono text-12 text-dim">{context.micros === null ? '–' : formatClock(context.micros).slice(0, 8)}</span>
      </span>
      <span className="block truncate pl-4 font-mono text-12 text-dim"><LogText text={context.object} limit={100} /></span>
      <span className="flex gap-3 pl-4 text-12 text-dim">
        <span className="min-w-0 flex-1 truncate"><LogText text={shortUser(context.user)} limit={80} /></span>
        <span className={cn(failed && 'font-semibold text-bad')}>{context.code ?? '–'}</span>
        <span>{plural(context.events, 'event')}</span>
      </span>
    </button>
  )
}
