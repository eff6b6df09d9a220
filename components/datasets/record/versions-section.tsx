'use client'
import { GitCompare, Snowflake, Undo2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { Ago } from '@/components/format/ago'
import { LogText } from '@/components/format/log-text'
import { formatCount } from '@/components/format/number'
import { callApi } from '@/components/live/call-api'
import { useLiveMessage } from '@/components/live/use-live'
import { cn } from '@/components/ui/cn'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input } from '@/components/ui/field'
import { Empty } from '@/components/ui/notice'
import { Section } from '@/components/ui/page'
import { showFailure, showToast } from '@/components/ui/toast'
import { useUndo } from '@/components/ui/use-undo'
import { Differences } from './differences'
import type { VersionView } from './types'

interface Props { dataset: string; name: string; versions: readonly VersionView[]; mayChange: boolean }
/** Left out where there is little room; the differences and the command line tell them. */
const NARROW = new Set(['Classes', 'Labels'])

interface Shown { readonly from: number; readonly to: number | 'now' }

/** What was frozen, what changed since, and the ways between. */
export function VersionsSection({ dataset, name, versions, mayChange }: Props) {
  const router = useRouter()
  const undoable = useUndo()
  const changed = useChanged(dataset, versions[0]?.number ?? 0)
  const [freezing, setFreezing] = useState(false)
  const [shown, setShown] = useState<Shown | null>(null)
  const restore = async (number: number): Promise<void> => {
    try {
      const done = await callApi<{ batch: string | null; changed: number; cleared: number }>(`/api/datasets/${dataset}/versions/restore`, { method: 'POST', body: { number } })
      if (done.batch === null) return showToast(`The labels stand as version ${number} has them.`)
      undoable(`Version ${number} is back: ${formatCount(done.changed)} labels set, ${formatCount(done.cleared)} cleared.`, async () => {
        await callApi(`/api/datasets/${dataset}/labelling/undo`, { method: 'POST', body: { batch: done.batch } })
        router.refresh()
      })
      router.refresh()
    } catch (error) {
      showFailure(error)
    }
  }
  const standing = changed === null ? '' : changed ? 'Labels have changed since the newest version.' : 'The labels stand as in the newest version.'
  return (
    <Section title="Versions" aside={<span className="flex items-center gap-2"><span className="text-12 text-dim" role="status">{versions.length > 0 ? standing : ''}</span>{mayChange ? <Button size="sm" disabled={changed === false} title={changed === false ? 'Nothing has changed since the newest version' : undefined} onClick={() => setFreezing(true)}><Snowflake aria-hidden />Freeze…</Button> : null}</span>}>
      {versions.length === 0 ? <Empty title="Nothing is frozen yet">A version keeps the labels as they are, with hashes of events and labels, so that runs and papers can say what they were made with. Freeze one when the labels are worth it.</Empty> : (
        <div className="overflow-x-auto rounded-md border border-line" tabIndex={0} role="region" aria-label="Versions">
          <table className="w-full min-w-160">
            <thead className="bg-panel text-left text-12 text-dim"><tr>{['Version', 'Frozen', 'Labelled', 'Classes', 'Labels', 'Note', ''].map((head) => <th key={head} scope="col" className={cn('px-3 py-2 font-medium', NARROW.has(head) && 'max-lg:hidden')}>{head}</th>)}</tr></thead>
            <tbody>
              {versions.map((version) => (
                <VersionRow key={version.number} version={version} newest={version.number === versions[0]?.number && changed === false} mayChange={mayChange} onCompare={setShown} onRestore={() => void restore(version.number)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {shown ? <Differences key={`${shown.from} ${shown.to}`} dataset={dataset} from={shown.from} to={shown.to} onClose={() => setShown(null)} /> : null}
      <FreezeDialog open={freezing} onOpenChange={setFreezing} dataset={dataset} name={name} />
    </Section>
  )
}

function VersionRow({ version, newest, mayChange, onCompare, onRestore }: { version: VersionView; newest: boolean; mayChange: boolean; onCompare: (shown: Shown) => void; onRestore: () => void }) {
  const { number, parent, counts, requests } = version
  return (
    <tr className="border-t border-line hover:bg-hover">
      <th scope="row" className="px-3 py-2 text-left font-medium">{number}</th>
      <td className="px-3 py-2 whitespace-nowrap"><Ago at={version.createdAt} /> <span className="text-dim">by <LogText text={version.actor} limit={60} /></span></td>
      <td className="px-3 py-2 whitespace-nowrap">{formatCount(counts.labelled)} <span className="text-dim">of {formatCount(requests)}</span></td>
      <td className="px-3 py-2 max-lg:hidden">{formatCount(counts.classes)}</td>
      <td className="px-3 py-2 max-lg:hidden"><code className="font-mono text-12" title={`labels ${version.labelsSha256}\nevents ${version.eventsSha256}`}>{version.labelsSha256.slice(0, 12)}</code></td>
      <td className="max-w-80 truncate px-3 py-2 max-lg:max-w-40" title={version.note}><LogText text={version.note} limit={200} /></td>
      <td className="px-3 py-2">
        <span className="flex justify-end gap-1">
          {parent === null ? null : <Button size="sm" tone="quiet" title={`What changed from version ${parent} to ${number}`} onClick={() => onCompare({ from: parent, to: number })}><GitCompare aria-hidden />From {parent}</Button>}
          {newest ? null : <Button size="sm" tone="quiet" title={`What changed from version ${number} to the labels that stand now`} onClick={() => onCompare({ from: number, to: 'now' })}><GitCompare aria-hidden />To now</Button>}
          {mayChange && !newest ? <Button size="sm" tone="quiet" title={`Bring the labels of version ${number} back; can be undone`} onClick={onRestore}><Undo2 aria-hidden />Restore</Button> : null}
        </span>
      </td>
    </tr>
  )
}

function FreezeDialog({ open, onOpenChange, dataset, name }: { open: boolean; onOpenChange: (open: boolean) => void; dataset: string; name: string }) {
  const router = useRouter()
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const freeze = (): void => {
    setBusy(true)
    callApi<VersionView>(`/api/datasets/${dataset}/versions`, { method: 'POST', body: { note } }).then(
      ({ number }) => {
        showToast(`Version ${number} is frozen.`)
        setNote('')
        onOpenChange(false)
        router.refresh()
      },
      showFailure,
    ).finally(() => setBusy(false))
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Freeze ${name}`} description="Keeps the labels as they stand now as the next version. A version is never changed; runs record the one that was the newest when they began.">
      <form action={freeze} className="space-y-4">
        <Field label="Note" hint="What is new in it."><Input value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} /></Field>
        <div className="flex justify-end gap-2"><Button onClick={() => onOpenChange(false)}>Cancel</Button><Button type="submit" tone="primary" disabled={busy}>Freeze</Button></div>
      </form>
    </Dialog>
  )
}

/** Whether the labels differ from the newest version; null until it is known. */
function useChanged(dataset: string, newest: number): boolean | null {
  const [changed, setChanged] = useState<boolean | null>(null)
  const [asked, setAsked] = useState(0)
  useLiveMessage('labels', (message) => { if (message.dataset === dataset) setAsked((before) => before + 1) })
  useEffect(() => {
    const stop = new AbortController()
    const timer = setTimeout(() => {
      callApi<{ changed: boolean }>(`/api/datasets/${dataset}/versions?newest=${newest}`, { signal: stop.signal }).then((answer) => setChanged(answer.changed), () => {})
    }, asked === 0 ? 0 : 1000)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [dataset, newest, asked])
  return changed
}
