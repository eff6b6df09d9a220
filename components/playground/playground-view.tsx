'use client'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useUrlState } from '@/components/url/use-url-state'
import { showFailure } from '@/components/ui/toast'
import { ContextList } from './context-list'
import { ContextPanel } from './context-panel'
import { EventPanel } from './event-panel'
import { LinesView } from './lines-view'
import { LogBar } from './log-bar'
import { playgroundCodec, type PlaygroundState } from './playground-state'
import type { ContextDetail, ContextLine, EventDetail, LoadedLog, ModelAnswer, QueryAnswer } from './protocol'
import { QueryBar } from './query-bar'
import { SourcePanel } from './source-panel'
import { useLog, type LogState } from './use-log'
import type { WorkerClient } from './worker-client'

/** Lines in, contexts out: who did what, what followed, and why we think so. */
export function PlaygroundView() {
  const [state, change] = useUrlState(playgroundCodec)
  const { state: log, client, read, clear } = useLog()
  const loadSample = useCallback(() => {
    fetch('/api/sample').then(async (response) => {
      if (!response.ok) throw new Error(`The sample could not be read (${response.status}).`)
      read(await response.blob(), 'the sample')
      change((now) => ({ ...now, sample: true }))
    }).catch(showFailure)
  }, [read, change])
  useEffect(() => {
    if (state.sample && log.phase === 'empty') loadSample()
    // Only the address as it came in may load the sample.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  const begin = (source: Blob, name: string): void => {
    change(playgroundCodec.read(new URLSearchParams()))
    read(source, name)
  }
  if (log.phase !== 'ready' || !log.log) return <SourcePanel state={log} onText={(text) => begin(new Blob([text]), 'the pasted lines')} onFile={(file) => begin(file, file.name)} onSample={loadSample} />
  return (
    <>
      <LogBar state={log} tab={state.tab} onTab={(tab) => change((now) => ({ ...now, tab }))} onClear={() => { clear(); change(playgroundCodec.read(new URLSearchParams())) }} />
      <Workspace log={log} client={client} state={state} change={change} />
    </>
  )
}

/** What tells most is shown first: the context with most events. */
function largest(contexts: readonly ContextLine[]): ContextLine | null {
  return contexts.reduce<ContextLine | null>((best, context) => (best && best.events >= context.events ? best : context), null)
}

type Change = (next: (now: PlaygroundState) => PlaygroundState, push?: boolean) => void

function Workspace({ log, client, state, change }: { log: LogState; client: React.RefObject<WorkerClient | null>; state: PlaygroundState; change: Change }) {
  const all = log.log?.contexts
  const { answer, error } = useQuery(client, state.query, log)
  const contexts = useMemo(() => {
    const ids = answer ? new Set(answer.ids) : null
    const found = (all ?? []).filter((context) => ids?.has(context.id) ?? true)
    return state.sort === 'events' ? found.toSorted((a, b) => b.events - a.events) : found
  }, [all, answer, state.sort])
  const chosen = contexts.find((context) => context.id === state.context) ?? largest(contexts)
  const detail = useDetail(client, 'context', chosen?.id ?? null, log)
  const eventId = detail?.lines.some((line) => line.auditID === state.event) || state.tab === 'lines' ? state.event : (chosen?.auditID ?? null)
  const event = useDetail(client, 'event', eventId, log)
  const openContext = (id: string): void => change((now) => ({ ...now, context: id, event: null, tab: 'contexts' }), true)
  const openEvent = (auditID: string): void => change((now) => ({ ...now, event: auditID }))
  return (
    <>
      <QueryBar query={state.query} answer={answer} error={error} total={all?.length ?? 0} onQuery={(query) => change((now) => ({ ...now, query }))} />
      <div className="grid gap-px overflow-hidden rounded-md border border-line bg-line lg:h-[calc(100vh-17rem)] lg:min-h-120 lg:grid-cols-[17rem_minmax(0,1fr)] xl:grid-cols-[19rem_minmax(0,1fr)_21rem]">
        {state.tab === 'contexts' ? (
          <>
            <ContextList contexts={contexts} chosen={chosen?.id ?? null} sort={state.sort} onSort={(sort) => change((now) => ({ ...now, sort }))} onOpen={openContext} />
            <ContextPanel detail={detail} event={eventId} onEvent={openEvent} />
          </>
        ) : <div className="min-w-0 bg-bg lg:col-span-2"><LinesView client={client} log={log} event={eventId} onEvent={openEvent} onContext={openContext} /></div>}
        <EventPanel detail={event} onEvent={openEvent} inContext={state.tab === 'contexts'} />
      </div>
    </>
  )
}

/** The answer to the query; while it has an error the last answer stays. */
function useQuery(client: React.RefObject<WorkerClient | null>, query: string, log: LogState): { answer: QueryAnswer | null; error: string | null } {
  const [state, setState] = useState<{ of: LoadedLog | null; answer: QueryAnswer | null; error: string | null }>({ of: null, answer: null, error: null })
  const of = log.log
  useEffect(() => {
    let current = true
    client.current?.call('query', { text: query }).then(
      (answer) => current && setState({ of, answer, error: null }),
      (error: Error) => current && setState((now) => ({ ...now, error: error.message })),
    )
    return () => {
      current = false
    }
  }, [client, query, of])
  return state.of === of ? state : { answer: null, error: state.error }
}

interface Details { context: ContextDetail; event: EventDetail }

/** A context or an event out of the worker; read again when the model has labelled. */
function useDetail<K extends keyof Details>(client: React.RefObject<WorkerClient | null>, kind: K, id: string | null, log: LogState): Details[K] | null {
  const [state, setState] = useState<{ of: LoadedLog | null; model: ModelAnswer | null; detail: Details[K] | null }>({ of: null, model: null, detail: null })
  const { log: of, model } = log
  useEffect(() => {
    if (id === null) return undefined
    let current = true
    const asked = kind === 'context' ? client.current?.call('context', { id }) : client.current?.call('event', { auditID: id })
    asked?.then((answer) => current && setState({ of, model, detail: answer as Details[K] | null }), showFailure)
    return () => {
      current = false
    }
  }, [client, kind, id, of, model])
  return id !== null && state.of === of ? state.detail : null
}
