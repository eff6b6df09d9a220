'use client'
import { useState } from 'react'
import type { WatchTrial } from '@/lib/live/live-state'
import { SEVERITIES, type Severity, type Watch, type WatchInput } from '@/lib/live/watch'
import type { QueryError } from '@/lib/query'
import { LogText } from '@/components/format/log-text'
import { formatCount } from '@/components/format/number'
import { callApi } from '@/components/live/call-api'
import { QueryEditor } from '@/components/query-editor'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input, Select } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'

/** Makes or changes a watch; what it would have found can be seen before it is saved. */
export function WatchDialog({ watch, query, onSave, onClose }: { watch: Watch | null; query: string; onSave: (input: WatchInput) => Promise<void>; onClose: () => void }) {
  const [input, setInput] = useState<WatchInput>({ name: watch?.name ?? '', description: watch?.description ?? '', query, severity: watch?.severity ?? 'medium', enabled: watch?.enabled ?? true, notify: watch?.notify ?? true })
  const [fault, setFault] = useState<QueryError | null>(null)
  const [trial, setTrial] = useState<WatchTrial | null>(null)
  const [error, setError] = useState<string | null>(null)
  const put = (change: Partial<WatchInput>): void => setInput((now) => ({ ...now, ...change }))
  const tell = (failure: unknown): void => setError(failure instanceof Error ? failure.message : String(failure))
  const attempt = (text: string): void => {
    setTrial(null)
    setError(null)
    callApi<WatchTrial>('/api/watches/try', { method: 'POST', body: { query: text } }).then(setTrial, tell)
  }
  const ready = input.name.trim() !== '' && input.query.trim() !== '' && fault === null
  return (
    <Dialog open onOpenChange={(open) => { if (!open) onClose() }} title={watch ? `Edit ${watch.name}` : 'New watch'} description="A context that matches raises an alert, once." className="w-[min(46rem,calc(100vw-2rem))]">
      <form action={() => onSave(input).catch(tell)} className="space-y-4">
        <Field label="Name"><Input value={input.name} maxLength={120} onChange={(event) => put({ name: event.target.value })} /></Field>
        <div>
          <span className="mb-1 block font-medium">Query</span>
          <QueryEditor ariaLabel="Query of the watch" value={input.query} onChange={(text) => { put({ query: text }); setTrial(null) }} onCheck={setFault} onSubmit={attempt} placeholder={'verb == "create" and subresource == "exec"'} />
          <p className="mt-1 min-h-5 text-12 text-dim">{fault ? <span className="text-bad">{fault.message}</span> : 'Of the context\'s trigger; any(...), all(...) and count(...) ask about its members. Ctrl+Enter tries it.'}</p>
        </div>
        <Field label="Description"><Input value={input.description} maxLength={2000} onChange={(event) => put({ description: event.target.value })} /></Field>
        <div className="flex flex-wrap items-center gap-5">
          <label className="flex items-center gap-2">Severity <Select value={input.severity} onChange={(event) => put({ severity: event.target.value as Severity })}>{SEVERITIES.map((severity) => <option key={severity}>{severity}</option>)}</Select></label>
          <span className="flex items-center gap-2"><Checkbox label="On" checked={input.enabled} onClick={() => put({ enabled: !input.enabled })} /><span aria-hidden>On</span></span>
          <span className="flex items-center gap-2"><Checkbox label="Post its alerts to the webhook" checked={input.notify} onClick={() => put({ notify: !input.notify })} /><span aria-hidden>Post its alerts to the webhook</span></span>
        </div>
        {error ? <Notice tone="bad">{error}</Notice> : null}
        {trial ? (
          <Notice tone={trial.matched > 0 ? 'info' : 'good'}>
            It matches {formatCount(trial.matched)} of the {formatCount(trial.looked)} contexts that are held ({formatCount(trial.ms)} ms).
            {trial.quietMs > 0 ? <p className="text-12">What it finds may be lost as a context grows, so it looks at a context once that has been quiet for {formatCount(trial.quietMs / 1000)} s.</p> : null}
            {trial.contexts.slice(0, 5).map((context) => <div key={context.id} className="truncate text-12 text-dim"><LogText text={context.sentence} limit={160} /></div>)}
          </Notice>
        ) : null}
        <div className="flex justify-end gap-2">
          <Button onClick={() => attempt(input.query)} disabled={input.query.trim() === '' || fault !== null}>Try it on what is held</Button>
          <Button type="submit" tone="primary" disabled={!ready}>{watch ? 'Save' : 'Watch'}</Button>
        </div>
      </form>
    </Dialog>
  )
}
