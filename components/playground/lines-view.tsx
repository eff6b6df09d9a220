'use client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { VerbMark } from '@/components/charts/verbs-plot'
import { formatClock } from '@/components/format/instant'
import { LogText } from '@/components/format/log-text'
import { formatCount } from '@/components/format/number'
import { useKey } from '@/components/keys/use-key'
import { Input } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import { cn } from '@/components/ui/cn'
import { shortUser } from './describe-line'
import { OriginMark } from './origin-mark'
import { originText } from './origin'
import type { LogLabelling, LogLine, Shown } from './protocol'
import { RoleMark } from './role-mark'
import { ShownFilter } from './shown-filter'
import { useLinePages } from './use-line-pages'

const ROW = 28
const GRID = 'grid grid-cols-[7rem_6.75rem_minmax(0,0.8fr)_minmax(0,1fr)_minmax(0,1fr)_2.5rem_minmax(0,1.1fr)_minmax(10rem,1.2fr)] items-center gap-2 px-3 text-12'
const HEAD = ['Received (UTC)', 'Role', 'User', 'Action', 'Object', 'Status', 'Label', 'By']
const TYPING_MS = 150

interface Props { lines: number; labels: LogLabelling; event: string | null; show: Shown; onShow: (show: Shown) => void; onEvent: (auditID: string) => void; onContext: (id: string) => void }

/** Every line with its role, its label, and where that comes from. */
export function LinesView({ lines, labels, event, show, onShow, onEvent, onContext }: Props) {
  const [q, setQ] = useState('')
  const [text, setText] = useState('')
  const scroll = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const timer = setTimeout(() => setText(q), TYPING_MS)
    return () => clearTimeout(timer)
  }, [q])
  const pages = useLinePages(labels, text, show)
  const total = pages.total ?? 0
  // oxlint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({ count: total, getScrollElement: () => scroll.current, estimateSize: () => ROW, overscan: 12 })
  const items = virtual.getVirtualItems()
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0]
  useEffect(() => pages.need(first, last))
  const step = (by: number) => (): void => {
    const at = items.find((item) => pages.line(item.index)?.auditID === event)?.index ?? -1
    const next = Math.max(0, Math.min(total - 1, at + by))
    const line = pages.line(next)
    if (!line) return
    virtual.scrollToIndex(next)
    onEvent(line.auditID)
  }
  useKey('j', 'Next line', 'Playground', step(1))
  useKey('k', 'Previous line', 'Playground', step(-1))
  return (
    <div className="flex h-full flex-col max-lg:h-120">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-3 py-2">
        <Input aria-label="Find lines" className="max-w-56" placeholder="user, verb, kind, object, label" value={q} onChange={(change) => setQ(change.target.value)} />
        <ShownFilter show={show} counts={labels.counts} onShow={onShow} />
        <span className="text-12 text-dim" aria-live="polite">{pages.total === null ? '' : `${formatCount(total)} of ${formatCount(lines)} lines`} <Kbd>j</Kbd> <Kbd>k</Kbd></span>
      </div>
      <div ref={scroll} className="relative min-h-0 flex-1 overflow-auto" tabIndex={0} role="table" aria-label="Lines" aria-rowcount={total + 1}>
        <div className="min-w-200">
          <div role="row" className={cn(GRID, 'sticky top-0 z-10 h-8 border-b border-line bg-panel text-dim')}>{HEAD.map((name) => <span key={name} role="columnheader">{name}</span>)}</div>
          <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
            {items.map((item) => {
              const line = pages.line(item.index)
              return line ? <LineRow key={line.seq} line={line} top={item.start} chosen={line.auditID === event} onEvent={onEvent} onContext={onContext} /> : null
            })}
          </div>
        </div>
      </div>
    </div>
  )
}

function LineRow({ line, top, chosen, onEvent, onContext }: { line: LogLine; top: number; chosen: boolean; onEvent: (auditID: string) => void; onContext: (id: string) => void }) {
  const { guess } = line
  return (
    <div role="row" style={{ transform: `translateY(${top}px)`, height: ROW }} className={cn(GRID, 'absolute top-0 left-0 w-full border-b border-line', chosen ? 'bg-accent-bg' : 'hover:bg-hover')}>
      <span role="cell"><button type="button" className="font-mono hover:underline" onClick={() => onEvent(line.auditID)}>{line.micros === null ? '–' : formatClock(line.micros)}</button></span>
      <span role="cell" className="flex"><RoleMark role={line.role} verb={line.verb} /></span>
      <span role="cell" className="truncate"><LogText text={shortUser(line.user)} limit={80} /></span>
      <span role="cell" className="flex min-w-0 items-center gap-1.5"><VerbMark verb={line.verb} /><span className="truncate">{line.verb} <LogText text={line.kind} limit={80} /></span></span>
      <span role="cell" className="truncate font-mono text-dim"><LogText text={line.object} limit={120} /></span>
      <span role="cell" className={cn(line.code !== null && line.code >= 400 && 'font-semibold text-bad')}>{line.code ?? '–'}</span>
      <span role="cell" className="truncate">{line.context ? <button type="button" className="link block max-w-full truncate" onClick={() => line.context && onContext(line.context)}>{line.label ?? 'context'}</button> : line.label ?? <span className="text-dim">–</span>}</span>
      <span role="cell" className="flex min-w-0" title={originText(line.origin, guess, line.rule)}><OriginMark origin={line.origin} rule={line.rule} certain={line.certain} confidence={line.origin === 'none' ? null : (guess?.confidence ?? null)} /></span>
    </div>
  )
}
