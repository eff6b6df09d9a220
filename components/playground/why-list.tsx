'use client'
import { LogText } from '@/components/format/log-text'
import { Bar } from '@/components/ui/meter'
import { isCertain } from './origin'
import type { EventDetail, LogLine, Reason } from './protocol'

interface Props { detail: EventDetail; onEvent: (auditID: string) => void; onContext: (id: string) => void }

/** Why a line is where it is: who sent it, which links reach it, what the network says. */
export function WhyList({ detail, onEvent, onContext }: Props) {
  const { line, reasons } = detail
  return (
    <ul className="divide-y divide-line">
      {line.role === 'trigger' ? <li className="py-2"><b className="font-semibold">trigger</b><p className="text-dim">An external user sent this request: the context begins here, and the label is its own action.</p></li> : null}
      {line.role === 'background' ? <li className="py-2"><b className="font-semibold">background</b><p className="text-dim">{detail.background ?? 'No earlier user’s action reaches this event by any link.'}</p></li> : null}
      {line.role === 'nonresource' ? <li className="py-2"><b className="font-semibold">non-resource</b><p className="text-dim">It asks for an address of the server, not for an API object.</p></li> : null}
      {reasons.map((reason, index) => <ReasonItem key={index} reason={reason} onEvent={onEvent} />)}
      {line.guess ? <GuessItem line={line} /> : null}
      {line.likely ? (
        <li className="py-2">
          <b className="font-semibold">perhaps part of</b>
          <p className="text-dim">The latest action of this label before the line; no link proves it.</p>
          <button type="button" className="link mt-0.5 text-left text-12" onClick={() => line.likely && onContext(line.likely)}><LogText text={detail.likelyText ?? line.likely} limit={200} /></button>
        </li>
      ) : null}
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

function GuessItem({ line }: { line: LogLine }) {
  const { guess } = line
  if (!guess) return null
  return (
    <li className="grid grid-cols-[1fr_auto] gap-x-3 py-2">
      <b className="font-semibold">network</b>
      <span className="flex items-center gap-2" title="calibrated: of lines told at 0.9, nine in ten are right where it was measured"><Bar share={guess.confidence} />{guess.confidence.toFixed(2)}</span>
      <p className="col-span-2 text-dim">{guessText(line)}</p>
    </li>
  )
}

function guessText({ guess, origin, label }: LogLine): string {
  const what = guess?.label ?? 'no label'
  const next = guess?.runnerUp ? `, next ${guess.runnerUp}` : ''
  const beside = origin === 'agree' ? '; agrees with the links' : origin === 'disagree' ? '; the links say otherwise, and stand' : origin === 'network' ? '; alone, as no link reaches the line' : ''
  const own = label === null && guess?.own ? '; the line’s own action, so nobody else’s is behind it' : ''
  const unsure = origin === 'none' && guess && !guess.own && !isCertain(origin, null, guess) ? '; not sure enough to be passed on' : ''
  return `${what}${next}${beside}${own}${unsure}`
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
