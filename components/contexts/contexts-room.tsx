'use client'
import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { formatCount } from '@/components/format/number'
import { useKey } from '@/components/keys/use-key'
import { callApi } from '@/components/live/call-api'
import { useLiveMessage } from '@/components/live/use-live'
import { useRowKeys } from '@/components/table/use-row-keys'
import { Button, ButtonLink } from '@/components/ui/button'
import { ConfirmByName } from '@/components/ui/confirm'
import { Empty } from '@/components/ui/notice'
import { Section } from '@/components/ui/page'
import { showFailure, showToast } from '@/components/ui/toast'
import { ReconstructionsTable } from './reconstructions-table'
import type { DatasetEntry, LiveReconstruction, ReconstructionRow } from './reconstruction-row'
import { StartDialog, type ModelChoice } from './start-dialog'

/** Data sets with what was made of them, and the way to make more. */
export function ContextsRoom({ datasets, models, mayStart, mayDelete }: { datasets: readonly DatasetEntry[]; models: readonly ModelChoice[]; mayStart: boolean; mayDelete: boolean }) {
  const router = useRouter()
  const [live, setLive] = useState<ReadonlyMap<string, LiveReconstruction>>(new Map())
  const [starting, setStarting] = useState<string | null>(null)
  const [deleting, setDeleting] = useState<{ row: ReconstructionRow; name: string } | null>(null)
  const [active, setActive] = useState(-1)
  const list = useRef<HTMLDivElement>(null)
  const ready = datasets.filter(({ state }) => state === 'ready')
  const rows = ready.flatMap(({ reconstructions }) => reconstructions)
  useLiveMessage('reconstruction', (message) => {
    setLive((now) => new Map(now).set(message.id, message))
    const known = rows.find(({ id }) => id === message.id)
    // What is done has figures that only the page's own data tells, also when it was corrected since.
    if (!known || known.state !== message.state || message.state === 'done') router.refresh()
  })
  useKey('n', 'Find contexts', 'Contexts', () => setStarting(ready.find(({ reconstructions }) => reconstructions.length === 0)?.id ?? ready[0]?.id ?? null), { enabled: mayStart && ready.length > 0 && starting === null })
  useRowKeys({
    count: rows.length, active,
    move: (index) => {
      setActive(index)
      // A button that still has the focus would take Enter for itself.
      list.current?.focus({ preventScroll: true })
      list.current?.querySelector(`[data-reconstruction="${rows[index]?.id ?? ''}"]`)?.scrollIntoView({ block: 'nearest' })
    },
    open: (index) => {
      const row = rows[index]
      if (row?.state === 'done') router.push(`/contexts/${row.id}`)
    },
  })
  if (ready.length === 0) return <Empty title="No log is imported yet" action={<ButtonLink tone="primary" href="/datasets?import">Import a log</ButtonLink>}>A context is one action of a user with everything that the cluster did because of it. Import an audit log; its contexts are found in seconds.</Empty>
  return (
    <div ref={list} tabIndex={-1} className="outline-none">
      {ready.map(({ id, name, events, version, reconstructions }) => (
        <Section key={id} title={name} aside={mayStart ? <Button size="sm" title={starting === null ? 'Find contexts (n)' : undefined} onClick={() => setStarting(id)}><Plus aria-hidden />Find contexts<span className="sr-only"> of {name}</span></Button> : null}>
          {reconstructions.length > 0 ? (
            <ReconstructionsTable name={name} version={version} rows={reconstructions} live={live} active={rows[active]?.id ?? null} mayDelete={mayDelete} onStop={(row) => void callApi(`/api/reconstructions/${row.id}/stop`, { method: 'POST' }).catch(showFailure)} onDelete={(row) => setDeleting({ row, name })} />
          ) : <Empty title={`${formatCount(events)} events, no context yet`}>Lines become contexts: each user’s action with all that followed, a sentence for each, and the links that say why. Press <b>n</b>, or the button above.</Empty>}
        </Section>
      ))}
      {starting !== null ? <StartDialog key={starting} open onOpenChange={(open) => setStarting(open ? starting : null)} datasets={ready} dataset={starting} models={models} onStarted={() => router.refresh()} /> : null}
      {deleting ? (
        <ConfirmByName
          open
          onOpenChange={() => setDeleting(null)}
          title={`Delete this reconstruction of ${deleting.name}?`}
          name={deleting.name}
          consequence={`Its ${formatCount(deleting.row.contexts)} contexts go with it${deleting.row.corrections > 0 ? `, and ${formatCount(deleting.row.corrections)} corrections by hand` : ''}. The log stays. This cannot be undone.`}
          onConfirm={() => callApi(`/api/reconstructions/${deleting.row.id}`, { method: 'DELETE' }).then(() => {
            showToast(`The reconstruction of ${deleting.name} is deleted.`)
            router.refresh()
          }).catch(showFailure)}
        />
      ) : null}
    </div>
  )
}
