'use client'
import { useRouter } from 'next/navigation'
import { callApi } from '@/components/live/call-api'
import { useLive, useLiveMessage } from '@/components/live/use-live'
import { Button } from '@/components/ui/button'
import { Meter } from '@/components/ui/meter'
import { showFailure } from '@/components/ui/toast'
import type { DatasetView } from './dataset-view'
import { importShare, importText } from './import-progress'

/** An import under way; the page turns into the data set's when it ends. */
export function Importing({ id, name, progress }: { id: string; name: string; progress: DatasetView['progress'] }) {
  const router = useRouter()
  const live = useLive().imports.find((entry) => entry.id === id)
  const now = live?.progress ?? progress
  useLiveMessage('dataset', (entry) => {
    if (entry.id === id && entry.state !== 'importing') router.refresh()
  })
  useLiveMessage('snapshot', ({ imports }) => {
    if (!imports.some((entry) => entry.id === id)) router.refresh()
  })
  const stop = (): void => {
    callApi(`/api/datasets/${id}/stop`, { method: 'POST' }).then(() => router.refresh(), showFailure)
  }
  return (
    <div className="rounded-md border border-line p-4" aria-live="polite">
      <div className="mb-2 flex items-center justify-between gap-4"><p className="text-14 font-medium">Importing {name}</p><Button onClick={stop}>Stop the import</Button></div>
      <Meter share={importShare(now)} label={`Import of ${name}`} className="h-1.5" />
      <p className="mt-2 text-dim">{importText(now)}</p>
      <p className="mt-1 text-12 text-dim">Nothing is seen elsewhere before all of it is in. You can leave this page.</p>
    </div>
  )
}
