'use client'
import { memo, useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react'
import { useUrlState } from '@/components/url/use-url-state'
import { showFailure } from '@/components/ui/toast'
import { ContextList } from './context-list'
import { ContextPanel } from './context-panel'
import { EventPanel } from './event-panel'
import { LinesView } from './lines-view'
import { LogBar } from './log-bar'
import { logStore } from './log-store'
import { playgroundCodec, type PlaygroundState } from './playground-state'
import type { ContextLine, LogLabelling, LoadedLog } from './protocol'
import { QueryBar } from './query-bar'
import { SourcePanel } from './source-panel'
import { useDetail, useQuery } from './use-answers'
import { useLog } from './use-log'

/** Lines in, contexts out: who did what, what followed, and why we think so. */
export function PlaygroundView() {
  const [state, change] = useUrlState(playgroundCodec)
  const log = useLog()
  // The bar tells at once that a log is labelled; drawing what was found takes the page longer, and is done once, not for links and labels apart.
  const calm = useDeferredValue(log)
  const [drawn, setDrawn] = useState<LoadedLog | null>(null)
  const due = calm.phase === 'ready' && (calm.labelling !== 'running' || calm.log === drawn) ? calm : null
  if (due?.log && due.log !== drawn) setDrawn(due.log)
  const loadSample = useCallback(() => {
    fetch('/api/sample').then(async (response) => {
      if (!response.ok) throw new Error(`The sample could not be read (${response.status}).`)
      void logStore.read(await response.blob(), 'the sample')
      change((now) => ({ ...now, sample: true }))
    }).catch(showFailure)
  }, [change])
  useEffect(() => logStore.choose(state.model), [state.model])
  useEffect(() => {
    if (state.sample && logStore.state().phase === 'empty') loadSample()
    // Only the address as it came in may load the sample.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  const chooseModel = (model: string): void => change((now) => ({ ...now, model }))
  const forget = (): void => change((now) => ({ ...playgroundCodec.read(new URLSearchParams()), model: now.model }))
  const begin = (source: Blob, name: string): void => {
    forget()
    void logStore.read(source, name)
  }
  const stop = (): void => {
    if (log.phase === 'reading') forget()
    logStore.cancel()
  }
  if (log.phase !== 'ready' || !log.log || !log.labels) {
    return <SourcePanel state={log} model={state.model} onModel={chooseModel} onText={(text) => begin(new Blob([text]), 'the pasted lines')} onFile={(file) => begin(file, file.name)} onSample={loadSample} onStop={stop} />
  }
  return (
    <>
      <LogBar state={log} tab={state.tab} model={state.model} onTab={(tab) => change((now) => ({ ...now, tab }))} onModel={chooseModel} onStop={stop} onRetry={() => logStore.retry()} onClear={() => { logStore.clear(); forget() }} />
      {due?.log && due.labels && due.log === log.log ? <Workspace log={due.log} labels={due.labels} model={due.model?.name ?? null} state={state} change={change} /> : <div aria-hidden className="h-[calc(100vh-16rem)] rounded-md border border-line" />}
    </>
  )
}

/** What tells most is shown first: the context with most events. */
function largest(contexts: readonly ContextLine[]): ContextLine | null {
  return contexts.reduce<ContextLine | null>((best, context) => (best && best.events >= context.events ? best : context), null)
}

type Change = (next: (now: PlaygroundState) => PlaygroundState, push?: boolean) => void

/** Drawn anew when labels or the address change, not with every step of progress. */
const Workspace = memo(function Workspace({ log, labels, model, state, change }: { log: LoadedLog; labels: LogLabelling; model: string | null; state: PlaygroundState; change: Change }) {
  const all = labels.contexts
  const { answer, error } = useQuery(state.query, labels)
  const contexts = useMemo(() => {
    const ids = answer ? new Set(answer.ids) : null
    const found = all.filter((context) => ids?.has(context.id) ?? true)
    return state.sort === 'events' ? found.toSorted((a, b) => b.events - a.events) : found
  }, [all, answer, state.sort])
  const chosen = contexts.find((context) => context.id === state.context) ?? largest(contexts)
  const detail = useDetail('context', chosen?.id ?? null, log, labels)
  const inContext = [...(detail?.lines ?? []), ...(detail?.perhaps ?? [])].some((line) => line.auditID === state.event)
  const eventId = inContext || state.tab === 'lines' ? state.event : (chosen?.auditID ?? null)
  const event = useDetail('event', eventId, log, labels)
  const openContext = (id: string): void => change((now) => ({ ...now, context: id, event: null, tab: 'contexts' }), true)
  const openEvent = (auditID: string): void => change((now) => ({ ...now, event: auditID }))
  return (
    <>
      <QueryBar query={state.query} answer={answer} error={error} total={all.length} onQuery={(query) => change((now) => ({ ...now, query }))} />
      <div className="grid gap-px overflow-hidden rounded-md border border-line bg-line lg:h-[calc(100vh-22rem)] lg:min-h-120 lg:grid-rows-[minmax(0,1fr)] lg:grid-cols-[17rem_minmax(0,1fr)] xl:grid-cols-[19rem_minmax(0,1fr)_21rem]">
        {state.tab === 'contexts' ? (
          <>
            <ContextList contexts={contexts} chosen={chosen?.id ?? null} sort={state.sort} onSort={(sort) => change((now) => ({ ...now, sort }))} onOpen={openContext} />
            <ContextPanel detail={detail} event={eventId} onEvent={openEvent} />
          </>
        ) : <div className="min-w-0 bg-bg lg:col-span-2"><LinesView lines={log.events} labels={labels} event={eventId} show={state.show} onShow={(show) => change((now) => ({ ...now, show }))} onEvent={openEvent} onContext={openContext} /></div>}
        <EventPanel detail={event} model={model} onEvent={openEvent} onContext={openContext} inContext={state.tab === 'contexts'} />
      </div>
    </>
  )
})
