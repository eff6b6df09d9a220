'use client'
import { visibleText } from '@/components/format/visible'
import { useCallback, useState } from 'react'
import type { Watch, WatchInput } from '@/lib/live/watch'
import { LogText } from '@/components/format/log-text'
import { formatCount } from '@/components/format/number'
import { useKey } from '@/components/keys/use-key'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Kbd } from '@/components/ui/kbd'
import { Empty } from '@/components/ui/notice'
import { showFailure, showToast } from '@/components/ui/toast'
import { useUndo } from '@/components/ui/use-undo'
import { SeverityMark } from './severity-mark'
import { WatchDialog } from './watch-dialog'

type Editing = { readonly watch: Watch | null; readonly query: string } | null

/** The watches: on and off, made, tried, changed, deleted and brought back. */
export function WatchesView({ first, starters, query }: { first: readonly Watch[]; starters: number; query: string }) {
  const [watches, setWatches] = useState(first)
  const [editing, setEditing] = useState<Editing>(query === '' ? null : { watch: null, query })
  const done = useUndo()
  const reload = useCallback(async () => setWatches(await callApi<Watch[]>('/api/watches')), [])
  const carryOut = useCallback((work: Promise<unknown>, then?: () => void) => { work.then(reload).then(then).catch(showFailure) }, [reload])
  const toggle = (watch: Watch): void => {
    const set = (enabled: boolean): Promise<void> => callApi(`/api/watches/${watch.id}`, { method: 'PUT', body: { enabled } }).then(reload)
    carryOut(set(!watch.enabled), () => done(`"${watch.name}" is ${watch.enabled ? 'off' : 'on'}.`, () => set(watch.enabled)))
  }
  const remove = (watch: Watch): void => carryOut(callApi(`/api/watches/${watch.id}`, { method: 'DELETE' }), () => done(`"${watch.name}" deleted. Its alerts stay.`, () => callApi(`/api/watches/${watch.id}/restore`, { method: 'POST' }).then(reload)))
  const addStarters = (): void => {
    callApi<Watch[]>('/api/watches/starters', { method: 'POST', body: { enabled: true } }).then(async (added) => {
      await reload()
      if (added.length === 0) showToast('All of the starter set is there already.')
      else done(`${formatCount(added.length)} watches added and switched on.`, async () => { for (const { id } of added) await callApi(`/api/watches/${id}`, { method: 'DELETE' }); await reload() })
    }).catch(showFailure)
  }
  const save = async (input: WatchInput): Promise<void> => {
    await callApi(editing?.watch ? `/api/watches/${editing.watch.id}` : '/api/watches', { method: editing?.watch ? 'PUT' : 'POST', body: input })
    setEditing(null)
    await reload()
  }
  useKey('n', 'New watch', 'Live', () => setEditing({ watch: null, query: '' }))
  useKey('s', 'Add the starter set', 'Live', addStarters)
  const missing = starters - watches.filter(({ source }) => source === 'starter').length
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <Button tone="primary" onClick={() => setEditing({ watch: null, query: '' })}>New watch <Kbd className="text-on-accent">n</Kbd></Button>
        {missing > 0 ? <Button onClick={addStarters}>Add the starter set ({formatCount(missing)}) <Kbd>s</Kbd></Button> : null}
        <span className="text-dim">{formatCount(watches.filter(({ enabled }) => enabled).length)} of {formatCount(watches.length)} are on.</span>
      </div>
      {watches.length === 0 ? <Empty title="Nothing is watched for yet">A watch is a query that every context is asked as it grows; one that matches raises an alert, once. The starter set covers what common rule sets for Kubernetes audit logs look for.</Empty> : null}
      <ul className="overflow-hidden rounded-md border border-line empty:hidden">
        {watches.map((watch) => (
          <li key={watch.id} className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-3 border-b border-line px-3 py-2.5 last:border-b-0">
            <Checkbox label={`Watch for ${visibleText(watch.name)}`} checked={watch.enabled} onClick={() => toggle(watch)} />
            <div className="min-w-0">
              <div className="flex items-center gap-2"><span className="truncate font-medium"><LogText text={watch.name} /></span><SeverityMark severity={watch.severity} />{watch.source === 'starter' ? <span className="text-12 text-dim">starter set</span> : null}{watch.notify ? null : <span className="text-12 text-dim">not posted</span>}</div>
              {watch.description ? <p className="text-dim"><LogText text={watch.description} limit={400} /></p> : null}
              <code className="mt-0.5 block truncate font-mono text-12 text-dim" title={visibleText(watch.query)}><LogText text={watch.query} limit={1000} /></code>
            </div>
            <div className="flex gap-1">
              <Button size="sm" tone="quiet" onClick={() => setEditing({ watch, query: watch.query })} aria-label={`Edit ${visibleText(watch.name)}`}>Edit</Button>
              <Button size="sm" tone="quiet" onClick={() => remove(watch)} aria-label={`Delete ${visibleText(watch.name)}`}>Delete</Button>
            </div>
          </li>
        ))}
      </ul>
      {editing ? <WatchDialog watch={editing.watch} query={editing.query} onSave={save} onClose={() => setEditing(null)} /> : null}
    </>
  )
}
