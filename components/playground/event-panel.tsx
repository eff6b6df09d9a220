'use client'
import { formatClock } from '@/components/format/instant'
import { LogText } from '@/components/format/log-text'
import { visibleText } from '@/components/format/visible'
import { Bar } from '@/components/ui/meter'
import { Pairs } from '@/components/ui/page'
import { cn } from '@/components/ui/cn'
import type { EventDetail, Reason } from './protocol'
import { RoleMark } from './role-mark'

/** One event: what it is, why it is where it is, what the network says, and its JSON. */
export function EventPanel({ detail, onEvent, inContext }: { detail: EventDetail | null; onEvent: (auditID: string) => void; inContext: boolean }) {
  return (
    <aside aria-label="Event" className="min-w-0 overflow-y-auto bg-panel p-4 lg:max-xl:col-span-2 lg:max-xl:max-h-80" tabIndex={0}>
      {detail ? <EventBody detail={detail} onEvent={onEvent} /> : <p className="text-dim">{inContext ? 'Choose an event.' : 'Choose a line to see why it is where it is.'}</p>}
    </aside>
  )
}

function EventBody({ detail, onEvent }: { detail: EventDetail; onEvent: (auditID: string) => void }) {
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
          ['label', line.label ?? 'none'],
          ['auditID', <LogText key="a" text={line.auditID} className="font-mono text-12 break-all" />],
        ]} />
      </div>
      <h2 className="mb-2 text-12 text-dim">{line.role === 'consequence' ? 'Why it is in this context' : 'Why'}</h2>
      <div className="mb-5 rounded-md border border-line bg-bg px-3"><Why detail={detail} onEvent={onEvent} /></div>
      <details className="group">
        <summary className="mb-2 text-12 font-semibold text-dim hover:text-ink">JSON, as read</summary>
        <pre className="max-h-120 overflow-auto rounded-md border border-line bg-bg p-3 font-mono text-[11px] leading-4 whitespace-pre-wrap break-all" tabIndex={0}>{visibleJson(detail.json)}</pre>
      </details>
    </>
  )
}

function Why({ detail, onEvent }: { detail: EventDetail; onEvent: (auditID: string) => void }) {
  const { line, reasons } = detail
  return (
    <ul className="divide-y divide-line">
      {line.role === 'trigger' ? <li className="py-2"><b className="font-semibold">trigger</b><p className="text-dim">An external user sent this request: the context begins here.</p></li> : null}
      {line.role === 'background' ? <li className="py-2"><b className="font-semibold">background</b><p className="text-dim">{detail.background ?? 'No earlier user’s action reaches this event by any link.'}</p></li> : null}
      {line.role === 'nonresource' ? <li className="py-2"><b className="font-semibold">non-resource</b><p className="text-dim">It asks for an address of the server, not for an API object.</p></li> : null}
      {reasons.map((reason, index) => <ReasonItem key={index} reason={reason} onEvent={onEvent} />)}
      {line.guess ? <GuessItem line={line} /> : null}
    </ul>
  )
}

/** A link as a sentence, with the event it points at. */
function ReasonItem({ reason, onEvent }: { reason: Reason; onEvent: (auditID: string) => void }) {
  return (
    <li className="grid grid-cols-[1fr_auto] gap-x-3 py-2">
      <b className="font-semibold">{reason.rule.replaceAll('-', ' ')}</b>
      <span className="flex items-center gap-2"><Bar share={reason.score} />{reason.score.toFixed(2)}</span>
      <p className="col-span-2 text-dim"><LogText text={reason.key} />{reason.because ? `: ${lower(reason.because)}` : ''}</p>
      <button type="button" className="link col-span-2 mt-0.5 text-left text-12" onClick={() => onEvent(reason.to)}>follows <LogText text={reason.toText} limit={200} /></button>
    </li>
  )
}

function GuessItem({ line }: { line: EventDetail['line'] }) {
  const { guess } = line
  if (!guess) return null
  const agrees = guess.label !== null && guess.label === line.label
  return (
    <li className="grid grid-cols-[1fr_auto] gap-x-3 py-2">
      <b className="font-semibold">network</b>
      <span className="flex items-center gap-2"><Bar share={guess.confidence} />{guess.confidence.toFixed(2)}</span>
      <p className="col-span-2 text-dim">{guess.label ?? 'no label'}{guess.runnerUp ? `, next ${guess.runnerUp}` : ''}{line.label ? (agrees ? '; agrees with the links' : '; the links say otherwise') : ''}</p>
    </li>
  )
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** JSON escapes control characters itself; what reorders text is named. */
function visibleJson(json: string): string {
  return json.split('\n').map((row) => visibleText(row, 20_000)).join('\n')
}
