'use client'
import type { Alert } from '@/lib/live/watch'
import { ButtonLink } from '@/components/ui/button'
import { Empty } from '@/components/ui/notice'
import { Section } from '@/components/ui/page'
import { AlertsPanel } from './alerts-panel'
import { CopyBlock } from './copy-block'

/** Nothing is received here: how to change that, and how to try it without a cluster. */
export function NotReceiving({ alerts, onAcknowledge }: { alerts: readonly Alert[]; onAcknowledge: (alert: Alert) => void }) {
  return (
    <>
      <Empty title="Nothing is received here" action={<ButtonLink href="/live/set-up" tone="primary">What the API server needs</ButtonLink>}>
        Start Auditweave with a port for audit events, and contexts grow here as your cluster works.
      </Empty>
      <div className="mx-auto mt-4 max-w-[60rem]">
        <CopyBlock label="Start with a receiver" text="npx auditweave start --receive-port 8085" />
        <p className="mt-4">Without a cluster: in another terminal, replay a capture that ships, twenty times as fast as it happened.</p>
        <CopyBlock label="Replay a capture" text="npx auditweave replay datasets/incidents-a/audit.jsonl.gz --to http://127.0.0.1:8085/audit --speed 20" />
      </div>
      {alerts.length > 0 ? <Section title="Alerts raised before" className="mt-6"><AlertsPanel alerts={alerts} onAcknowledge={onAcknowledge} /></Section> : null}
    </>
  )
}
