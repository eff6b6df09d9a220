import { contextSentence } from '@/lib/contexts/view/sentence'
import type { OpenPicture } from '@/lib/contexts/view/open-picture'
import { formatDuration } from '@/components/format/duration'
import { formatClock, formatInstant } from '@/components/format/instant'
import { LogText } from '@/components/format/log-text'
import { plural } from '@/components/format/number'

/** The sentence, and whence, when, how long, how sure; who corrected it. */
export function ContextHead({ picture }: { picture: OpenPicture }) {
  const { context, trigger, zero } = picture
  const sure = lowest(picture)
  const last = picture.after.reduce((most, value) => (value > most ? value : most), 0)
  return (
    <header>
      <h1 className="text-20 break-words"><LogText text={contextSentence(picture)} limit={1200} /></h1>
      <p className="mt-1.5 mb-3 flex flex-wrap gap-x-5 gap-y-0.5 text-dim">
        {zero === null ? null : <span title={formatInstant(zero / 1000)}><b className="font-mono text-12 font-semibold text-ink">{formatClock(zero)}</b> UTC</span>}
        {trigger >= 0 ? <span>from <b className="font-medium text-ink"><LogText text={picture.text('address', trigger)} limit={80} /></b></span> : null}
        {trigger >= 0 ? <span className="min-w-0 break-words">with <b className="font-medium text-ink"><LogText text={picture.text('agent', trigger)} limit={70} /></b></span> : null}
        <span><b className="font-medium text-ink">{plural(picture.requests, 'event')}</b>{picture.lines > picture.requests ? ` in ${plural(picture.lines, 'line')}` : ''} within <b className="font-medium text-ink">{formatDuration(last / 1000)}</b></span>
        <span>label <b className="font-medium text-ink">{context.label ? <LogText text={`${context.label.resource}${context.label.subresource ? `/${context.label.subresource}` : ''} · ${context.label.verb}`} limit={120} /> : 'none'}</b>{context.label ? <code className="ml-1 font-mono text-12">{context.label.code}</code> : null}</span>
        {sure.least === null ? null : <span>certain to <b className="font-medium text-ink">{sure.mean.toFixed(2)}</b> on the mean, <b className="font-medium text-ink">{sure.least.toFixed(2)}</b> at least{sure.uncertain > 0 ? <span className="text-warn">, {plural(sure.uncertain, 'event')} uncertain</span> : null}</span>}
      </p>
      {context.command && context.command.contexts > 1 ? <p className="-mt-2 mb-3 text-dim">{context.command.place === null ? 'One' : `Number ${context.command.place}`} of {plural(context.command.contexts, 'context')} that one invocation of the client made.</p> : null}
      {context.corrected ? <p className="-mt-2 mb-3 text-dim">Corrected by hand: <b className="font-medium text-ink">{context.corrected.act}</b> by <b className="font-medium text-ink"><LogText text={context.corrected.by} limit={80} /></b>, {formatInstant(context.corrected.at)}{context.corrected.why ? <>: <LogText text={context.corrected.why} limit={300} /></> : null}</p> : null}
    </header>
  )
}

function lowest(picture: OpenPicture): { least: number | null; mean: number; uncertain: number } {
  let [least, sum, count, uncertain]: [number | null, number, number, number] = [null, 0, 0, 0]
  for (let request = 0; request < picture.requests; request++) {
    const confidence = request === picture.trigger ? null : picture.number('confidence', request)
    if (confidence === null) continue
    least = Math.min(least ?? 1, confidence)
    sum += confidence
    count++
    if (picture.uncertain(request)) uncertain++
  }
  return { least, mean: count === 0 ? 1 : sum / count, uncertain }
}
