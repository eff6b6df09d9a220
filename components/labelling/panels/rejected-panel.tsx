'use client'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { LabelState } from '../state/model'
import { ChoiceKeys } from './choice-keys'

interface Props {
  state: LabelState
  onDismiss: (id: string) => void
  onInstead: (id: string) => void
}

/** Acts that the server will not take, in its words, and what it would take. */
export function RejectedPanel({ state, onDismiss, onInstead }: Props) {
  const [first] = state.rejected
  if (!first) return null
  const { pending, message, instead } = first
  return (
    <Notice tone="bad" className="mx-4 mb-1 shrink-0 py-1.5 text-12" action={
      <span className="flex gap-2">
        {instead ? (
          <>
            {state.conflicts.length === 0 ? <ChoiceKeys onTheirs={() => onInstead(pending.id)} /> : null}
            <Button size="sm" title="Shift + T" onClick={() => onInstead(pending.id)}>{instead.kind === 'redo' ? 'Redo' : 'Undo'} the rest, keep theirs</Button>
          </>
        ) : null}
        <Button size="sm" onClick={() => onDismiss(pending.id)}>Let it go</Button>
      </span>
    }>
      {pending.line.title ? `“${pending.line.title}”${instead ? '' : ' is not saved'}: ` : ''}{message}
    </Notice>
  )
}
