'use client'
import { useState } from 'react'
import { RULES } from '@/lib/contexts/rules/table'
import { actionOf, objectOf } from '@/lib/contexts/view/names'
import type { OpenPicture, PictureLink } from '@/lib/contexts/view/open-picture'
import { formatClock } from '@/components/format/instant'
import { LogText } from '@/components/format/log-text'
import { visibleText } from '@/components/format/visible'
import { useKey } from '@/components/keys/use-key'
import { RoleMark } from '@/components/playground/role-mark'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Kbd } from '@/components/ui/kbd'
import { Bar } from '@/components/ui/meter'
import { Notice } from '@/components/ui/notice'
import { Pairs } from '@/components/ui/page'
import { belowOf } from './action-bar'
import type { Shown } from './context-view'
import { afterText, requestText } from './request-words'
import type { ContextActions, ContextSource, LineDetail } from './source'
import { useAnswer } from './use-answer'

const BECAUSE = new Map(RULES.map(({ id, because }) => [id, because]))
const RAW_LIMIT = 100_000
const MOST_FOLLOWERS = 8

/** The chosen event: what it is, why it is in the context, what else it might be, its JSON, and what to do if it is wrong here. */
export function EventDetail({ picture, effects, chosen, choose, source, actions }: Shown & { source: ContextSource | undefined; actions: ContextActions }) {
  const [raw, setRaw] = useState(false)
  const seq = chosen < 0 ? -1 : picture.seq(chosen)
  const { value: line, error } = useAnswer(source && seq >= 0 ? `${picture.context.id} ${seq}` : null, (signal) => (source as ContextSource).line(seq, signal))
  useKey('r', 'Show or hide the raw event', 'Context', () => setRaw((now) => !now), { enabled: source !== undefined })
  return (
    <aside aria-label="Event" tabIndex={0} className="min-w-0 overflow-y-auto border-line bg-panel p-4 max-lg:border-t lg:border-l">
      {chosen < 0 ? <p className="text-dim">Choose an event: click a mark, or <Kbd>j</Kbd> and <Kbd>k</Kbd>.</p> : (
        <>
          <h2 className="mb-2 flex items-center justify-between text-12 text-dim">Event <span className="flex gap-1 font-normal"><Kbd>j</Kbd><Kbd>k</Kbd></span></h2>
          <Card><What picture={picture} request={chosen} /></Card>
          <h2 className="mb-2 text-12 text-dim">Why it is in this context</h2>
          <Card className="px-3 py-0"><Why picture={picture} request={chosen} choose={choose} line={line} /></Card>
          <Followers picture={picture} of={effects.cause} request={chosen} choose={choose} />
          <Wrong picture={picture} request={chosen} actions={actions} />
          {source ? (
            <>
              <button type="button" aria-expanded={raw} onClick={() => setRaw((now) => !now)} className="mb-2 flex w-full items-center justify-between text-12 font-semibold text-dim hover:text-ink">Raw event <Kbd>r</Kbd></button>
              {error ? <Notice tone="warn">{error}</Notice> : raw ? <Raw line={line} /> : null}
            </>
          ) : null}
        </>
      )}
    </aside>
  )
}

function Card({ children, className = 'p-3' }: { children: React.ReactNode; className?: string }) {
  return <div className={cn('mb-5 rounded-md border border-line bg-bg', className)}>{children}</div>
}

function What({ picture, request }: { picture: OpenPicture; request: number }) {
  const micros = picture.zero === null ? null : picture.zero + (picture.after[request] ?? Number.NaN) * 1000
  const stages = picture.stages(request)
  const took = picture.number('until', request)
  const acting = picture.text('actingAs', request)
  const confidence = picture.number('confidence', request)
  return (
    <Pairs items={[
      ['action', <b key="v" className="font-semibold"><LogText text={actionOf(picture, request)} limit={160} /></b>],
      ['object', <LogText key="o" text={objectOf(picture, request)} className="font-mono text-12 break-all" />],
      ['user', <LogText key="u" text={picture.text('user', request)} className="break-all" />],
      ...(acting === null ? [] : [['acting as', <LogText key="i" text={acting} className="break-all" />] as const]),
      ['received', <span key="t"><span className="font-mono text-12">{micros === null || Number.isNaN(micros) ? '–' : formatClock(micros)}</span> <span className="text-dim">{afterText(picture, request)}</span></span>],
      ...(took === null ? [] : [['took', `${(took / 1000).toFixed(1)} ms`] as const]),
      ['status', <span key="c" className={cn(picture.failed(request) && 'font-semibold text-bad')}>{picture.number('code', request) ?? '–'}</span>],
      ['role', <span key="r" className="flex flex-wrap items-center gap-x-2"><RoleMark role={picture.role(request)} verb={picture.text('verb', request)} />{request === picture.trigger || confidence === null ? null : <span className={picture.uncertain(request) ? 'text-warn' : 'text-dim'}>{picture.uncertain(request) ? 'uncertain, ' : 'certain to '}{confidence.toFixed(2)}</span>}{picture.corrected(request) ? <span className="text-dim">put here by hand</span> : null}</span>],
      ...(stages.length > 1 ? [['stages', stages.map(({ stage }) => stage ?? '–').join(', ')] as const] : []),
      ['agent', <LogText key="g" text={picture.text('agent', request)} limit={120} className="break-words" />],
      ['auditID', <LogText key="a" text={picture.auditID(request)} className="font-mono text-12 break-all" />],
    ]} />
  )
}

function Why({ picture, request, choose, line }: { picture: OpenPicture; request: number; choose: (request: number) => void; line: LineDetail | null }) {
  const links = picture.links(request)
  const others = line?.evidence?.others ?? []
  const found = line?.found
  return (
    <ul className="divide-y divide-line">
      {request === picture.trigger ? <li className="py-2"><b className="font-semibold">trigger</b><p className="text-dim">{picture.corrected(request) ? 'The context begins here because somebody said so' : 'An external user sent this request: the context begins here'}, and the label is its own action.</p></li> : null}
      {line?.correction ? <li className="py-2"><b className="font-semibold">by hand</b><p className="text-dim">{line.correction.act} by <LogText text={line.correction.by} limit={80} />{line.correction.why === '' ? '' : <>: <LogText text={line.correction.why} limit={300} /></>}{found ? <>. The rules had it {found.context === null ? `as ${found.role}, in no context` : found.context === picture.context.id ? 'here too' : 'in another context'}.</> : null}</p></li> : null}
      {links.map((link, index) => <Reason key={index} picture={picture} request={request} link={link} choose={choose} />)}
      {links.length === 0 && request !== picture.trigger ? <li className="py-2 text-dim">{picture.corrected(request) ? 'No rule links it: a person put it here.' : 'No rule links it: the network gave it this label, and this is the latest such context.'}</li> : null}
      {others.length > 0 ? <li className="py-2"><b className="font-semibold">also likely</b>{others.slice(0, 4).map(({ label, probability }) => <p key={label.code} className="flex items-center justify-between gap-2 text-dim"><LogText text={`${label.verb} ${label.resource}${label.subresource ? `/${label.subresource}` : ''}`} limit={80} /><span className="flex items-center gap-2"><Bar share={probability} />{probability.toFixed(2)}</span></p>)}</li> : null}
    </ul>
  )
}

function Reason({ picture, request, link, choose }: { picture: OpenPicture; request: number; link: PictureLink; choose: (request: number) => void }) {
  const because = BECAUSE.get(link.rule)
  const gap = link.to < 0 ? Number.NaN : (picture.after[request] ?? Number.NaN) - (picture.after[link.to] ?? Number.NaN)
  return (
    <li className="grid grid-cols-[1fr_auto] gap-x-3 py-2">
      <b className="font-semibold"><LogText text={link.rule.replaceAll('-', ' ')} limit={60} /></b>
      <span className="flex items-center gap-2"><Bar share={link.score} />{link.score.toFixed(2)}</span>
      <p className="col-span-2 break-words text-dim"><LogText text={link.key} limit={300} />{because ? `: ${because.charAt(0).toLowerCase()}${because.slice(1)}` : ''}</p>
      {link.to < 0 ? <p className="col-span-2 text-12 text-dim">follows an event outside this context</p> : <button type="button" className="link col-span-2 mt-0.5 text-left text-12 break-words" onClick={() => choose(link.to)}>follows {requestText(picture, link.to)}{Number.isNaN(gap) ? '' : `, ${gap.toFixed(gap < 100 ? 1 : 0)} ms before`}</button>}
    </li>
  )
}

function Followers({ picture, of, request, choose }: { picture: OpenPicture; of: Int32Array; request: number; choose: (request: number) => void }) {
  const list: number[] = []
  let more = 0
  of.forEach((cause, one) => { if (cause === request) { if (list.length < MOST_FOLLOWERS) list.push(one); else more++ } })
  if (list.length === 0) return null
  return (
    <>
      <h2 className="mb-2 text-12 text-dim">What followed from it</h2>
      <Card><ul className="space-y-0.5">{list.map((one) => <li key={one}><button type="button" className="link text-left text-12 break-words" onClick={() => choose(one)}>{requestText(picture, one)}</button></li>)}{more > 0 ? <li className="text-12 text-dim">and {more.toLocaleString('en')} more</li> : null}</ul></Card>
    </>
  )
}

function Wrong({ picture, request, actions }: { picture: OpenPicture; request: number; actions: ContextActions }) {
  if (request === picture.trigger || !(actions.move || actions.split || actions.background)) return null
  const id = picture.auditID(request)
  return (
    <>
      <h2 className="mb-2 text-12 text-dim">Not this one?</h2>
      <Card>
        <div className="flex flex-wrap gap-2">
          {actions.move ? <Button size="sm" onClick={() => actions.move?.([id])}>Move… <Kbd>m</Kbd></Button> : null}
          {actions.split ? <Button size="sm" onClick={() => actions.split?.(belowOf(picture, request), id)}>Split here <Kbd>x</Kbd></Button> : null}
          {actions.background ? <Button size="sm" onClick={() => actions.background?.([id])}>Background <Kbd>b</Kbd></Button> : null}
        </div>
      </Card>
    </>
  )
}

/** JSON escapes control characters itself; what reorders text is named. */
function Raw({ line }: { line: LineDetail | null }) {
  if (!line) return <div role="status" aria-label="Reading the event" className="skeleton h-40" />
  const text = JSON.stringify(line.event, null, 2)
  const shown = text.slice(0, RAW_LIMIT).split('\n').map((row) => visibleText(row, 20_000)).join('\n')
  return <pre role="region" aria-label="Raw event" tabIndex={0} className="max-h-120 overflow-auto rounded-md border border-line bg-bg p-3 font-mono text-[11px] leading-4 break-all whitespace-pre-wrap">{shown}{text.length > RAW_LIMIT ? `\n… ${(text.length - RAW_LIMIT).toLocaleString('en')} more characters; the JSON export has them` : ''}</pre>
}
