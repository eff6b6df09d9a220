'use client'
import { Pause, Play, Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useMemo, useRef, useState } from 'react'
import type { Alert } from '@/lib/live/watch'
import { formatCount } from '@/components/format/number'
import { useKey } from '@/components/keys/use-key'
import { useLive } from '@/components/live/use-live'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import { Notice } from '@/components/ui/notice'
import { Section } from '@/components/ui/page'
import { useAheadState } from '@/components/url/use-ahead-state'
import { AlertsPanel } from './alerts-panel'
import { ContextRows } from './context-rows'
import { KeepButton } from './keep-button'
import { LiveFacts } from './live-facts'
import { liveCodec } from './live-state'
import { NotReceiving } from './not-receiving'
import { RateChart } from './rate-chart'
import { useAlerts } from './use-alerts'
import { useHeld, useReceived } from './use-received'

const SHOWN = 200

/** What is happening, what matched, and whether anything is lost. */
export function LiveView({ first, watches }: { first: readonly Alert[]; watches: number }) {
  const router = useRouter()
  const [state, change] = useAheadState(liveCodec)
  const [held, setHeld] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const filter = useRef<HTMLInputElement>(null)
  const received = useReceived()
  const { connected } = useLive()
  const { shown, newer } = useHeld(received, held)
  const { alerts, acknowledge } = useAlerts(first)
  const words = state.q.trim().toLowerCase()
  const contexts = useMemo(() => shown.contexts.filter(({ sentence }) => sentence.toLowerCase().includes(words)), [shown.contexts, words])
  const byContext = useMemo(() => new Map(alerts.filter((alert) => alert.state === 'open').map((alert) => [alert.contextId, alert])), [alerts])
  const listed = alerts.filter((alert) => state.alerts === 'all' || alert.state === 'open')
  const rows = contexts.slice(0, SHOWN)
  const move = (by: number): void => {
    const at = rows.findIndex(({ id }) => id === chosen)
    setChosen(rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + by))]?.id ?? null)
  }
  useKey('p', held ? 'Go on' : 'Hold still', 'Live', () => setHeld((now) => !now))
  useKey('/', 'Filter', 'Live', (event) => { event.preventDefault(); filter.current?.focus() })
  useKey('j', 'Next context', 'Live', () => move(1))
  useKey('k', 'Previous context', 'Live', () => move(-1))
  useKey('Enter', 'Open the context', 'Live', () => { if (chosen) router.push(`/live/${chosen}`) }, { enabled: chosen !== null })
  useKey('a', 'Acknowledge the newest open alert', 'Live', () => { const [newest] = alerts.filter((alert) => alert.state === 'open'); if (newest) acknowledge(newest) })
  useKey('w', 'Watches', 'Live', () => router.push('/live/watches'))
  if (received.on === false && received.contexts.length === 0) return <NotReceiving alerts={listed} onAcknowledge={acknowledge} />
  const { status } = shown
  return (
    <>
      {!connected || received.error ? <Notice tone="warn" className="mb-3">{received.error ?? 'Connecting; what is shown may be behind.'}</Notice> : null}
      {received.on === false ? <Notice tone="warn" className="mb-3">The receiver has stopped or is being started again. What is shown is what was received before.</Notice> : null}
      {status?.problem ? <Notice tone="bad" className="mb-3">Contexts do not grow at the moment: {status.problem} Events are kept on the disk and are taken up as soon as this is over.</Notice> : null}
      {status ? <LiveFacts status={status} /> : <div className="h-[8.5rem]" />}
      <div className="mt-4 mb-6 min-h-[11rem]">{status ? <RateChart minutes={status.minutes} /> : null}</div>
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <Section title={`Contexts (${formatCount(contexts.length)})`} aside={(
          <div className="flex items-center gap-2">
            <span className="relative"><Search aria-hidden className="absolute top-2 left-2 size-4 text-dim" /><Input ref={filter} aria-label="Filter contexts" placeholder="Filter" className="w-44 pl-8" value={state.q} onChange={(event) => change((now) => ({ ...now, q: event.target.value }))} /></span>
            <Button onClick={() => setHeld((now) => !now)} aria-pressed={held}>{held ? <Play aria-hidden /> : <Pause aria-hidden />}{held ? `Go on (${formatCount(newer)} newer)` : 'Hold still'} <Kbd>p</Kbd></Button>
            <KeepButton />
          </div>
        )}>
          {contexts.length === 0 ? <p className="rounded-md border border-dashed border-line px-3 py-10 text-center text-dim">{words === '' ? 'Nothing yet: contexts appear as soon as a user of the cluster acts.' : 'No context has these words.'}</p> : <ContextRows contexts={rows} alerts={byContext} chosen={chosen} onChoose={setChosen} />}
          {contexts.length > SHOWN ? <p className="mt-1 text-12 text-dim">The newest {SHOWN} are listed; filter to find others, or keep what was received as a data set.</p> : null}
        </Section>
        <Section title={`Alerts (${formatCount(listed.length)})`} aside={<span className="flex items-center gap-2 text-12 text-dim"><Kbd>a</Kbd> acknowledges<Button size="sm" aria-pressed={state.alerts === 'all'} onClick={() => change((now) => ({ ...now, alerts: now.alerts === 'all' ? 'open' : 'all' }))}>{state.alerts === 'all' ? 'Only open' : 'All'}</Button></span>}>
          {watches === 0 ? <Notice className="mb-2">No watch is switched on. Open Watches to add the starter set.</Notice> : null}
          <AlertsPanel alerts={listed} onAcknowledge={acknowledge} />
        </Section>
      </div>
    </>
  )
}
