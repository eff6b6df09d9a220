'use client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import { VerbMark } from '@/components/charts/verbs-plot'
import { formatClock } from '@/components/format/instant'
import { LogText } from '@/components/format/log-text'
import { formatCount } from '@/components/format/number'
import { Input } from '@/components/ui/field'
import { showFailure } from '@/components/ui/toast'
import { cn } from '@/components/ui/cn'
import { lineText, shortUser } from './describe-line'
import type { LogLine } from './protocol'
import { RoleMark } from './role-mark'
import type { LogState } from './use-log'
import type { WorkerClient } from './worker-client'

const ROW = 28
const GRID = 'grid grid-cols-[7.25rem_6.75rem_minmax(0,0.8fr)_minmax(0,1.1fr)_minmax(0,1.1fr)_2.5rem_minmax(0,1.1fr)_minmax(0,1.1fr)] items-center gap-2 px-3 text-12'

interface Props { client: React.RefObject<WorkerClient | null>; log: LogState; event: string | null; onEvent: (auditID: string) => void; onContext: (id: string) => void }

/** Every line with its role and labels: by links, and by the network. */
export function LinesView({ client, log, event, onEvent, onContext }: Props) {
  const [lines, setLines] = useState<readonly LogLine[]>([])
  const [q, setQ] = useState('')
  const scroll = useRef<HTMLDivElement>(null)
  useEffect(() => {
    client.current?.call('lines', {}).then(setLines, showFailure)
  }, [client, log.log, log.model])
  const shown = useMemo(() => {
    const text = q.toLowerCase()
    return lines.filter((line) => `${lineText(line)} ${line.role} ${line.label ?? ''}`.toLowerCase().includes(text))
  }, [lines, q])
  // oxlint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({ count: shown.length, getScrollElement: () => scroll.current, estimateSize: () => ROW, overscan: 12 })
  return (
    <div className="flex h-full flex-col max-lg:h-120">
      <div className="flex items-center gap-3 border-b border-line px-3 py-2">
        <Input aria-label="Find lines" className="max-w-72" placeholder="user, verb, kind, object, role, label" value={q} onChange={(change) => setQ(change.target.value)} />
        <span className="text-12 text-dim">{formatCount(shown.length)} of {formatCount(lines.length)} lines</span>
      </div>
      <div ref={scroll} className="min-h-0 flex-1 overflow-auto" tabIndex={0} role="table" aria-label="Lines" aria-rowcount={shown.length + 1}>
        <div className="min-w-200">
          <div role="row" className={cn(GRID, 'sticky top-0 z-10 h-8 border-b border-line bg-panel text-dim')}>{['Received (UTC)', 'Role', 'User', 'Action', 'Object', 'Status', 'Label by links', 'Label by network'].map((name) => <span key={name} role="columnheader">{name}</span>)}</div>
          <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const line = shown[item.index]
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
      <span role="cell" className="truncate">{line.context ? <button type="button" className="link block max-w-full truncate" onClick={() => line.context && onContext(line.context)}>{line.label ?? 'context'}</button> : <span className="text-dim">–</span>}</span>
      <span role="cell" className="truncate">{guess?.label ? <>{guess.label} <span className="text-dim">{guess.confidence.toFixed(2)}</span></> : <span className="text-dim">–</span>}</span>
    </div>
  )
}
