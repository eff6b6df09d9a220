'use client'
import { Check, CloudOff, LoaderCircle, TriangleAlert } from 'lucide-react'
import { plural } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import type { SaveState } from '../sync/label-store'

/** Whether what was done is safe with the server; its width stays, so that nothing beside it moves. */
export function SaveMark({ saving, onRetry }: { saving: SaveState; onRetry: () => void }) {
  const { waiting, away, kept } = saving
  return (
    <span role="status" aria-label="Saving" className="flex min-w-24 items-center gap-1.5 text-12">
      {away ? <><CloudOff aria-hidden className="size-4 shrink-0 text-warn" />Not saved: server away, trying again<span className="text-dim">({plural(waiting, 'act')} kept {kept ? 'in this browser' : 'on this page alone: the browser’s store is full'})</span><Button size="sm" onClick={onRetry}>Now</Button></>
        : waiting > 0 ? <><LoaderCircle aria-hidden className="turning size-4 shrink-0 text-dim" />Saving {waiting}</>
          : <><Check aria-hidden className="size-4 shrink-0 text-good" />Saved</>}
      {!away && !kept ? <span className="flex items-center gap-1 text-warn"><TriangleAlert aria-hidden className="size-4" />the browser’s store is full</span> : null}
    </span>
  )
}
