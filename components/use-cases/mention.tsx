import Link from 'next/link'
import type { ContextMention } from '@/lib/alerts/mention'
import type { Severity } from '@/lib/live/watch'
import { verbColor } from '@/components/charts/palette'
import { formatDuration } from '@/components/format/duration'
import { formatClock } from '@/components/format/instant'
import { LogText } from '@/components/format/log-text'
import { formatCount } from '@/components/format/number'
import { visibleText } from '@/components/format/visible'
import { cn } from '@/components/ui/cn'
import { contextHref, type ShownLog } from './links'

export function Clock({ micros }: { micros: number | null }) {
  return micros === null ? <span className="text-dim">–</span> : <span className="figures text-12 whitespace-nowrap text-dim">{formatClock(micros).slice(0, 12)}</span>
}

/** The program that a client says it is, without what follows its name and version. */
export function Client({ agent }: { agent: string | null }) {
  return <span className="text-dim" title={agent === null ? undefined : visibleText(agent, 300)}><LogText text={agent?.split(' ')[0]} limit={48} /></span>
}

export function Code({ code }: { code: number | null }) {
  return code === null ? <span className="text-dim">–</span> : <span className={cn('figures', code >= 400 && 'text-bad')}>{code}{code >= 400 ? <span className="sr-only"> refused or failed</span> : null}</span>
}

/** What was done, leading to its context. */
export function Deed({ log, mention }: { log: ShownLog; mention: ContextMention }) {
  return (
    <Link href={contextHref(log, mention.context)} prefetch={false} className="group inline-flex items-baseline gap-1.5">
      <span aria-hidden className="size-2 shrink-0 translate-y-[-1px] rotate-45 outline-1 outline-line" style={{ background: verbColor(mention.verb) }} />
      <span className="group-hover:underline"><span className="font-medium"><LogText text={mention.verb ?? 'asked for'} /></span> <LogText text={mention.object} limit={120} /></span>
    </Link>
  )
}

/** How much a context is, in a few words. */
export function Extent({ mention }: { mention: ContextMention }) {
  if (mention.events <= 1) return <span className="text-dim">itself alone</span>
  return <span className="whitespace-nowrap">{formatCount(mention.events)} events{mention.durationMicros ? <span className="text-dim"> in {formatDuration(mention.durationMicros / 1e6)}</span> : null}</span>
}

const LOOKS: Readonly<Record<Severity, string>> = { high: 'border-bad text-bad', medium: 'border-warn text-warn', low: 'border-strong text-ink', info: 'border-line text-dim' }

export function SeverityMark({ severity }: { severity: Severity }) {
  return <span className={cn('inline-block rounded-sm border px-1 text-[11px] leading-4 whitespace-nowrap', LOOKS[severity])}>{severity}</span>
}

/** The watches that found a context. */
export function WatchNames({ watches }: { watches: readonly { readonly name: string; readonly severity: Severity }[] }) {
  if (watches.length === 0) return <span className="text-dim">none</span>
  return <ul className="space-y-0.5">{watches.map(({ name, severity }) => <li key={name} className="flex items-baseline gap-1.5"><SeverityMark severity={severity} />{name}</li>)}</ul>
}
