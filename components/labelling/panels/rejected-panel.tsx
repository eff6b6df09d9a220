'use client'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { LabelState } from '../state/model'

/** Acts that the server will not take, in its words. */
export function RejectedPanel({ state, onDismiss }: { state: LabelState; onDismiss: (id: string) => void }) {
  const [first] = state.rejected
  if (!first) return null
  return (
    <Notice tone="bad" className="mx-4 mb-1 shrink-0 py-1.5 text-12" action={<Button size="sm" onClick={() => onDismiss(first.pending.id)}>Let it go</Button>}>
      {first.pending.line.title ? `“${first.pending.line.title}” is not saved: ` : ''}{first.message}
    </Notice>
  )
}
