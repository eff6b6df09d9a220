import { CircleHelp } from 'lucide-react'
import { cn } from '@/components/ui/cn'
import { NETWORK_RULE, type Origin } from './origin'

/** "owner", "owner + network", "owner ≠ network", "network". */
function originName(origin: Origin, rule: string | null): string {
  const links = rule === null || rule === NETWORK_RULE ? 'links' : rule.replaceAll('-', ' ')
  if (origin === 'none') return '–'
  if (origin === 'network') return 'network'
  return origin === 'agree' ? `${links} + network` : origin === 'disagree' ? `${links} ≠ network` : links
}

/** Whose word a label is, in words and a shape: a line for links, a ring for the network; crossed where they disagree. */
export function OriginMark({ origin, rule, certain, confidence, className = 'truncate' }: { origin: Origin; rule: string | null; certain: boolean; confidence: number | null; className?: string }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      {origin === 'none' ? null : <svg viewBox="0 0 16 14" className="h-3.5 w-4 shrink-0" aria-hidden><OriginShape origin={origin} /></svg>}
      <span className={cn(className, origin === 'none' && 'text-dim')}>{originName(origin, rule)}</span>
      {confidence === null ? null : <span className="text-dim">{confidence.toFixed(2)}</span>}
      {certain ? null : <span className="inline-flex items-center gap-1 text-warn"><CircleHelp aria-hidden className="size-3.5" /><span className="sr-only xl:not-sr-only">uncertain</span></span>}
    </span>
  )
}

function OriginShape({ origin }: { origin: Origin }) {
  const links = origin !== 'network'
  const network = origin !== 'links'
  return (
    <>
      {links ? <path d="M1 7H11" stroke="var(--color-ink)" strokeWidth={2} /> : null}
      {network ? <circle cx={11} cy={7} r={3.5} fill="var(--color-bg)" stroke="var(--color-accent)" strokeWidth={1.75} /> : null}
      {origin === 'disagree' ? <path d="M3 3L7 11" stroke="var(--color-bad)" strokeWidth={1.75} /> : null}
    </>
  )
}
