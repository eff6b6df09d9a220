'use client'
import { useState } from 'react'
import { formatClock } from '@/components/format/instant'
import { LogText } from '@/components/format/log-text'
import { plural } from '@/components/format/number'
import { VerbMark } from '@/components/charts/verbs-plot'
import { cn } from '@/components/ui/cn'
import { contextSentence, effects } from './context-sentence'
import { ContextTimeline } from './context-timeline'
import { shortUser } from './describe-line'
import type { ContextDetail, LogLine } from './protocol'
import { RoleMark } from './role-mark'

/** One context: a sentence, the timeline by actor, what followed, and every event. */
export function ContextPanel({ detail, event, onEvent }: { detail: ContextDetail | null; event: string | null; onEvent: (auditID: string) => void }) {
  if (!detail) return <section aria-label="Context" className="bg-bg p-5 max-lg:h-60" />
  const { context, lines } = detail
  const followed = effects(lines)
  return (
    <section aria-label="Context" className="relative min-w-0 overflow-y-auto bg-bg px-5 py-4 max-lg:max-h-[80vh]" tabIndex={0}>
      <h2 className="text-20 break-words"><LogText text={contextSentence(context)} /></h2>
      <p className="mt-1.5 mb-4 flex flex-wrap gap-x-5 gap-y-0.5 text-dim">
        <span><b className="font-mono text-12 font-semibold text-ink">{context.micros === null ? '–' : formatClock(context.micros)}</b> UTC</span>
        <span>label <b className="font-medium text-ink">{context.label ?? 'none'}</b></span>
        <span>from <b className="font-medium text-ink"><LogText text={detail.address} /></b></span>
        <span>with <b className="font-medium text-ink"><LogText text={detail.agent} limit={60} /></b></span>
      </p>
      {lines.length > 1 ? <ContextTimeline lines={lines} event={event} onEvent={onEvent} /> : null}
      {followed.length > 0 ? (
        <>
          <h3 className="mt-5 mb-1 text-12 text-dim">What followed</h3>
          <ul className="max-w-[70ch]">
            {followed.map((effect) => (
              <li key={`${effect.verb} ${effect.kind}`}>
                <button type="button" onClick={() => onEvent(effect.first)} className="flex w-full items-center gap-2 rounded-sm py-0.5 text-left hover:bg-hover">
                  <VerbMark verb={effect.verb} />
                  <span className="font-medium whitespace-nowrap">{effect.verb} <LogText text={effect.kind} limit={60} /></span>
                  <span className="whitespace-nowrap text-dim">× {effect.count}</span>
                  {effect.failed > 0 ? <span className="whitespace-nowrap text-bad">{effect.failed} refused</span> : null}
                  <span className="min-w-0 truncate text-dim"><LogText text={effect.actors.slice(0, 3).join(', ') + (effect.actors.length > 3 ? '…' : '')} /></span>
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : <p className="text-dim">Nothing followed that this log shows.</p>}
      <h3 className="mt-5 mb-1 text-12 text-dim">{plural(lines.length, 'event')}</h3>
      <Lines key={context.id} lines={lines} begin={context.micros} event={event} onEvent={onEvent} />
      {detail.perhaps.length > 0 ? (
        <>
          <h3 className="mt-5 mb-1 text-12 text-dim">Perhaps also</h3>
          <p className="mb-1 text-12 text-dim">The network alone gives {detail.perhaps.length + detail.perhapsMore === 1 ? 'this line' : 'these lines'} the same label; no link proves {detail.perhaps.length + detail.perhapsMore === 1 ? 'it belongs' : 'they belong'} here.</p>
          <ol>{detail.perhaps.map((line) => <LineItem key={line.seq} line={line} begin={context.micros} chosen={line.auditID === event} onEvent={onEvent} />)}</ol>
          {detail.perhapsMore > 0 ? <p className="text-12 text-dim">and {plural(detail.perhapsMore, 'more line')}, under Lines, “by network alone”.</p> : null}
        </>
      ) : null}
    </section>
  )
}

/** Rows of a large context that are drawn at first: all of them would hold the page up. */
const FIRST_LINES = 60

function Lines({ lines, begin, event, onEvent }: { lines: readonly LogLine[]; begin: number | null; event: string | null; onEvent: (auditID: string) => void }) {
  const [all, setAll] = useState(false)
  const shown = all || lines.findIndex((line) => line.auditID === event) >= FIRST_LINES ? lines : lines.slice(0, FIRST_LINES)
  return (
    <>
      <ol>{shown.map((line) => <LineItem key={line.auditID} line={line} begin={begin} chosen={line.auditID === event} onEvent={onEvent} />)}</ol>
      {shown.length < lines.length ? <button type="button" className="link mt-2 text-12" onClick={() => setAll(true)}>Show the other {plural(lines.length - shown.length, 'event')}</button> : null}
    </>
  )
}

function LineItem({ line, begin, chosen, onEvent }: { line: LogLine; begin: number | null; chosen: boolean; onEvent: (auditID: string) => void }) {
  const after = line.micros !== null && begin !== null ? (line.micros - begin) / 1000 : null
  return (
    <li>
      <button
        type="button"
        aria-pressed={chosen}
        onClick={() => onEvent(line.auditID)}
        className={cn(
          'grid w-full grid-cols-[4.75rem_1rem_minmax(0,1fr)_minmax(0,1.1fr)_6.5rem_2rem] items-center gap-2 border-t border-line py-1 text-left text-12',
          'focus-visible:-outline-offset-2 max-md:grid-cols-[4.75rem_1rem_1fr_2rem]',
          chosen ? 'bg-accent-bg' : 'hover:bg-hover',
        )}
      >
        <span className="text-right font-mono text-dim">{after === null ? '–' : `+${after.toFixed(after < 100 ? 1 : 0)} ms`}</span>
        <RoleMark role={line.role} verb={line.verb} label={false} />
        <span className="truncate font-medium">{line.verb} <LogText text={line.kind} limit={60} /></span>
        <span className="truncate font-mono text-dim max-md:hidden"><LogText text={line.object} limit={120} /></span>
        <span className="truncate max-md:hidden"><LogText text={shortUser(line.user)} limit={60} /></span>
        <span className={cn('text-right', line.code !== null && line.code >= 400 && 'font-semibold text-bad')}>{line.code ?? '–'}</span>
      </button>
    </li>
  )
}
