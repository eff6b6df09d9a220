'use client'
import { visibleText } from '@/components/format/visible'
import Link from 'next/link'
import type { Alert } from '@/lib/live/watch'
import { Ago } from '@/components/format/ago'
import { LogText } from '@/components/format/log-text'
import { plural } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { SeverityMark } from './severity-mark'

const POSTED = { off: '', pending: ' · to be posted', sent: ' · posted', failed: ' · not posted' } as const

/** What watches found. */
export function AlertsPanel({ alerts, onAcknowledge }: { alerts: readonly Alert[]; onAcknowledge: (alert: Alert) => void }) {
  return (
    <ul aria-label="Alerts" className="h-[32rem] overflow-y-auto rounded-md border border-line" tabIndex={0}>
      {alerts.length === 0 ? <li className="px-3 py-8 text-center text-dim">No alerts. <Link href="/live/watches" className="text-accent underline">Watches</Link> raise one for every context they match.</li> : null}
      {alerts.map((alert) => (
        <li key={alert.id} className="border-b border-line px-3 py-2">
          <div className="flex items-baseline justify-between gap-2">
            <Link prefetch={false} href={`/live/${alert.contextId}`} className="min-w-0 truncate font-medium hover:underline"><LogText text={alert.watch} /></Link>
            <SeverityMark severity={alert.severity} />
          </div>
          <div className="truncate"><LogText text={[alert.trigger.user, alert.trigger.verb, alert.trigger.object].filter(Boolean).join(' ')} limit={160} /></div>
          <div className="flex items-center justify-between gap-2 text-12 text-dim">
            <span className="min-w-0 truncate" title={alert.deliveryError ?? undefined}><Ago at={alert.raisedAt} /> · {plural(alert.events, 'request')}{POSTED[alert.delivery]}{alert.state === 'acknowledged' ? ` · acknowledged by ${alert.acknowledgedBy ?? 'somebody'}` : ''}</span>
            <Button size="sm" tone="quiet" onClick={() => onAcknowledge(alert)} aria-label={`${alert.state === 'open' ? 'Acknowledge' : 'Open again'}: ${visibleText(alert.watch)}`}>{alert.state === 'open' ? 'Acknowledge' : 'Open again'}</Button>
          </div>
        </li>
      ))}
    </ul>
  )
}
