'use client'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef, useState } from 'react'
import { importShare, importText } from '@/components/datasets/import-progress'
import { callApi } from '@/components/live/call-api'
import { useLive, useLiveMessage } from '@/components/live/use-live'
import { Button } from '@/components/ui/button'
import { Meter } from '@/components/ui/meter'
import { Empty, Notice } from '@/components/ui/notice'
import type { CaseStage } from './stage'

const NAME = 'incidents-a'

/** One button from nothing to worked cases: the import, then the contexts; each step is taken up where it stands. */
export function Begin({ stage }: { stage: CaseStage }) {
  const router = useRouter()
  // Whoever pressed the button wants all of it; whoever comes to a log that lies there is asked.
  const [going, setGoing] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const stop = useCallback((failure: unknown): void => {
    setGoing(false)
    setError(failure instanceof Error ? failure.message : 'That did not work. Try again.')
  }, [])
  const start = (): void => {
    setGoing(true)
    setError(null)
    if (stage.kind === 'missing') callApi('/api/datasets', { method: 'POST', body: { shipped: NAME } }).then(() => router.refresh(), stop)
  }
  if (stage.kind === 'failed') return <Notice tone="bad">{stage.message} <Link href={stage.href} className="link">Open its data set</Link> to delete it and begin anew.</Notice>
  if (stage.kind === 'importing') return <ImportStep stage={stage} />
  if (stage.kind === 'linking') return <LinkStep stage={stage} />
  if (stage.kind === 'unlinked' && going) return <LinkNow dataset={stage.dataset} onFailure={stop} />
  return (
    <>
      {error ? <Notice tone="bad" className="mb-4">{error}</Notice> : null}
      <Empty title="The use cases are worked on a capture that ships with Auditweave" action={<Button tone="primary" disabled={going} onClick={start}>{going ? 'Starting…' : stage.kind === 'missing' ? `Import ${NAME} and find its contexts` : `Find the contexts of ${NAME}`}</Button>}>
        {NAME} holds three minutes of a cluster in which four incidents happen beside ordinary work. Importing it and finding its contexts by links takes a few seconds. A reconstruction of your own can be chosen here as soon as there is one.
      </Empty>
    </>
  )
}

/** Asks for the contexts as soon as it is shown, once. */
function LinkNow({ dataset, onFailure }: { dataset: string; onFailure: (failure: unknown) => void }) {
  const router = useRouter()
  const asked = useRef(false)
  useEffect(() => {
    if (asked.current) return
    asked.current = true
    callApi(`/api/datasets/${dataset}/reconstructions`, { method: 'POST', body: { model: 'none', method: 'linked' } }).then(() => router.refresh(), onFailure)
  }, [dataset, onFailure, router])
  return <Step title="Finding its contexts" text="Waits for a worker" share={null} />
}

function ImportStep({ stage }: { stage: Extract<CaseStage, { kind: 'importing' }> }) {
  const router = useRouter()
  const live = useLive().imports.find(({ id }) => id === stage.dataset)
  const now = live?.progress ?? stage.progress
  useLiveMessage('dataset', (entry) => {
    if (entry.id === stage.dataset && entry.state !== 'importing') router.refresh()
  })
  useLiveMessage('snapshot', ({ imports }) => {
    if (!imports.some(({ id }) => id === stage.dataset)) router.refresh()
  })
  return <Step title={`Importing ${NAME}`} text={importText(now)} share={importShare(now)} />
}

function LinkStep({ stage }: { stage: Extract<CaseStage, { kind: 'linking' }> }) {
  const router = useRouter()
  const [live, setLive] = useState<{ readonly done: number; readonly total: number } | null>(null)
  useLiveMessage('reconstruction', (entry) => {
    if (entry.id !== stage.reconstruction) return
    setLive(entry.progress)
    if (entry.state !== 'queued' && entry.state !== 'running') router.refresh()
  })
  useRefreshWhileOpen()
  const now = live ?? stage.progress
  return <Step title="Finding its contexts" text={now && now.total > 0 ? `${now.done.toLocaleString('en')} of ${now.total.toLocaleString('en')}` : 'Waits for a worker'} share={now && now.total > 0 ? now.done / now.total : null} />
}

const ASK_MS = 3000

/** The end may come before the page listens. */
function useRefreshWhileOpen(): void {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), ASK_MS)
    return () => clearInterval(timer)
  }, [router])
}

function Step({ title, text, share }: { title: string; text: string; share: number | null }) {
  return (
    <div className="rounded-md border border-line p-4" aria-live="polite">
      <p className="mb-2 text-14 font-medium">{title}</p>
      <Meter share={share} label={title} className="h-1.5" />
      <p className="mt-2 text-dim">{text}</p>
    </div>
  )
}
