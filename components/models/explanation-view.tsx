'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { ModelExplanation } from '@/lib/model/explain/explanation-file'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Meter } from '@/components/ui/meter'
import { Empty, Notice } from '@/components/ui/notice'
import { Section } from '@/components/ui/page'
import { showFailure } from '@/components/ui/toast'
import { useUrlState } from '@/components/url/use-url-state'
import { explanationCodec } from './importance-state'
import { ImportancePanel } from './importance-panel'
import { TreePanel } from './tree-panel'

export interface ExplainingNow { readonly state: 'queued' | 'running' | 'failed'; readonly share: number; readonly part: string; readonly error: string | null }

const POLL_MS = 2000

/** What a model looks at, once it is known; until then, the way to find out. `command` is for a model that no worker can write beside. */
export function ExplanationView({ id, name, explanation, explaining, command }: { id: string; name: string; explanation: ModelExplanation | null; explaining: ExplainingNow | null; command: string | null }) {
  const [state, setState] = useUrlState(explanationCodec)
  return (
    <>
      {explaining || !explanation ? <FindOut id={id} explaining={explaining} known={explanation !== null} command={command} /> : null}
      {explanation?.importance ? <ImportancePanel report={explanation.importance} explanation={explanation} state={state} onState={setState} /> : null}
      {explanation?.tree ? <TreePanel name={name} tree={explanation.tree} depth={state.depth} onDepth={(depth) => setState({ ...state, depth })} /> : null}
    </>
  )
}

function FindOut({ id, explaining, known, command }: { id: string; explaining: ExplainingNow | null; known: boolean; command: string | null }) {
  const now = useProgress(id, explaining)
  const router = useRouter()
  const start = (): void => {
    callApi(`/api/models/${encodeURIComponent(id)}/explanation`, { method: 'POST' }).then(() => router.refresh(), showFailure)
  }
  if (now && now.state !== 'failed') return (
    <Section title="What it looks at">
      <div className="rounded-md border border-line p-4" role="status">
        <p className="mb-2">{now.state === 'queued' ? 'Waits for a worker.' : `A worker finds out: ${now.part}.`}</p>
        <Meter share={now.state === 'queued' ? null : now.share} label="Finding out what the model looks at" />
      </div>
    </Section>
  )
  if (now) return <Notice tone="bad" className="mb-8" action={<Button size="sm" onClick={start}>Try again</Button>}>{now.error ?? 'It could not be found out what the model looks at.'}</Notice>
  if (known) return null
  return (
    <Section title="What it looks at">
      {command ? <Empty title="Not found out yet">Run <code className="font-mono text-ink">{command}</code> and load this page again.</Empty> : <Empty title="Not found out yet" action={<Button tone="primary" onClick={start}>Find out</Button>}>A worker shuffles each feature among lines that the model has not seen, and distils the model into a decision tree. Some minutes.</Empty>}
    </Section>
  )
}

/** Asks the server now and then while a worker is at it; the page is read anew when it ends. */
function useProgress(id: string, first: ExplainingNow | null): ExplainingNow | null {
  const router = useRouter()
  const [asked, setAsked] = useState<ExplainingNow | null>(null)
  const busy = first !== null && first.state !== 'failed'
  useEffect(() => {
    if (!busy) return undefined
    const timer = setInterval(() => {
      callApi<{ explaining: ExplainingNow | null }>(`/api/models/${encodeURIComponent(id)}/explanation`).then(({ explaining }) => {
        if (explaining && explaining.state !== 'failed') setAsked(explaining)
        else router.refresh()
      }, () => undefined)
    }, POLL_MS)
    return () => clearInterval(timer)
  }, [busy, id, router])
  return busy ? (asked ?? first) : first
}
