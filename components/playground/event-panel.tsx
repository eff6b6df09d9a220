'use client'
import { formatClock } from '@/components/format/instant'
import { LogText } from '@/components/format/log-text'
import { visibleText } from '@/components/format/visible'
import { Pairs } from '@/components/ui/page'
import { cn } from '@/components/ui/cn'
import { ExplanationPanel } from './explanation-panel'
import { originText } from './origin'
import { OriginMark } from './origin-mark'
import type { EventDetail } from './protocol'
import { RoleMark } from './role-mark'
import { WhyList } from './why-list'

interface Props { detail: EventDetail | null; model: string | null; onEvent: (auditID: string) => void; onContext: (id: string) => void; inContext: boolean }

/** One event: what it is, whose word its label is, why it is where it is, and its JSON. */
export function EventPanel({ detail, model, onEvent, onContext, inContext }: Props) {
  return (
    <aside aria-label="Event" className="relative min-w-0 overflow-y-auto bg-panel p-4 lg:max-xl:col-span-2 lg:max-xl:max-h-80" tabIndex={0}>
      {detail ? <EventBody detail={detail} model={model} onEvent={onEvent} onContext={onContext} /> : <p className="text-dim">{inContext ? 'Choose an event.' : 'Choose a line to see why it is where it is.'}</p>}
    </aside>
  )
}

function EventBody({ detail, model, onEvent, onContext }: { detail: EventDetail; model: string | null; onEvent: (auditID: string) => void; onContext: (id: string) => void }) {
  const { line } = detail
  return (
    <>
      <h2 className="mb-2 text-12 text-dim">Event</h2>
      <div className="mb-5 rounded-md border border-line bg-bg p-3">
        <Pairs items={[
          ['verb', <b key="v" className="font-semibold">{line.verb} <LogText text={line.kind} limit={120} /></b>],
          ['object', <LogText key="o" text={line.object} className="font-mono text-12" />],
          ['user', <LogText key="u" text={line.user} />],
          ['received', <span key="t" className="font-mono text-12">{line.micros === null ? '–' : `${formatClock(line.micros)} UTC`}</span>],
          ['status', <span key="c" className={cn(line.code !== null && line.code >= 400 && 'font-semibold text-bad')}>{line.code ?? '–'}</span>],
          ['role', <RoleMark key="r" role={line.role} verb={line.verb} />],
          ['label', <span key="l"><b className="font-semibold">{line.label ?? 'none'}</b> <span className="block text-12 text-dim">{originText(line.origin, line.guess, line.rule)}</span></span>],
          ['from', <OriginMark key="f" origin={line.origin} rule={line.rule} certain={line.certain} confidence={null} className="break-words" />],
          ['auditID', <LogText key="a" text={line.auditID} className="font-mono text-12 break-all" />],
        ]} />
      </div>
      <h2 className="mb-2 text-12 text-dim">{line.role === 'consequence' && line.context ? 'Why it is in this context' : 'Why'}</h2>
      <div className="mb-5 rounded-md border border-line bg-bg px-3"><WhyList detail={detail} onEvent={onEvent} onContext={onContext} /></div>
      {model && line.guess ? <ExplanationPanel key={`${model} ${line.auditID}`} auditID={line.auditID} onEvent={onEvent} /> : null}
      <details className="group">
        <summary className="mb-2 text-12 font-semibold text-dim hover:text-ink">JSON, as read</summary>
        <pre className="max-h-120 overflow-auto rounded-md border border-line bg-bg p-3 font-mono text-[11px] leading-4 whitespace-pre-wrap break-all" tabIndex={0}>{visibleJson(detail.json)}</pre>
      </details>
    </>
  )
}

/** JSON escapes control characters itself; what reorders text is named. */
function visibleJson(json: string): string {
  return json.split('\n').map((row) => visibleText(row, 20_000)).join('\n')
}
