'use client'
import { useLabelStore } from './sync/use-label-store'
import { useFirstAddress } from './use-address'
import { Notice } from '@/components/ui/notice'
import { ButtonLink } from '@/components/ui/button'
import { Workspace } from './workspace'

/** The labelling page of one data set: reads the log once, then works on it without asking again. */
export function LabelRoom({ dataset }: { dataset: { readonly id: string; readonly name: string } }) {
  const first = useFirstAddress()
  const { store, error } = useLabelStore(dataset.id, first)
  if (error) return <div className="p-6"><Notice tone="bad" action={<ButtonLink href="/label" size="sm">All data sets</ButtonLink>}>{error}</Notice></div>
  return store ? <Workspace key={`${dataset.id} ${first.assignment ?? ''}`} store={store} first={first} /> : <RoomSkeleton name={dataset.name} />
}

/** The frame of the page while its log is read, in the sizes of what follows. */
export function RoomSkeleton({ name }: { name?: string }) {
  return (
    <div role="status" aria-label="Loading" className="flex min-h-150 flex-col md:h-[calc(100vh-3rem)]">
      <div className="flex min-h-11 items-center px-4">{name ? <h1 className="text-16">{name}</h1> : <span className="skeleton h-5 w-40" />}</div>
      <div className="px-4 pb-2"><div className="skeleton h-4" /></div>
      <div className="h-9 border-t border-line bg-panel" />
      <div className="grid min-h-0 flex-1 gap-px border-y border-line bg-line lg:grid-cols-[minmax(0,1.5fr)_minmax(26rem,1fr)]">
        <div className="space-y-2.5 overflow-hidden bg-bg p-3">{Array.from({ length: 22 }, (_, row) => <div key={row} className="skeleton h-4" />)}</div>
        <div className="space-y-3 bg-bg p-4"><div className="skeleton h-6 w-64" /><div className="skeleton h-24" /><div className="skeleton h-40" /></div>
      </div>
      <div className="h-9 bg-panel" />
    </div>
  )
}
