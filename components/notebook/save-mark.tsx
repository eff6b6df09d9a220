'use client'
import { CircleAlert, CircleCheck, LoaderCircle, PencilLine } from 'lucide-react'
import type { SaveState } from '@/lib/notebook/editor-state'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'

/** Whether what is on the screen is stored. */
export function SaveMark({ save }: { save: SaveState }) {
  const [Icon, look, text] = save.kind === 'saved' ? [CircleCheck, 'text-good', 'Saved'] as const : save.kind === 'saving' ? [LoaderCircle, 'turning text-accent', 'Saving'] as const : save.kind === 'changed' ? [PencilLine, 'text-dim', 'Changed'] as const : [CircleAlert, 'text-bad', 'Not saved'] as const
  return <span role="status" className="inline-flex w-24 items-center gap-1.5 text-12 text-dim"><Icon aria-hidden className={`size-3.5 ${look}`} />{text}</span>
}

/** Why nothing is stored, and what can be done. */
export function SaveTrouble({ save, onRetry }: { save: SaveState; onRetry: () => void }) {
  if (save.kind === 'failed') return <Notice tone="bad" className="mb-4" action={<Button size="sm" onClick={onRetry}>Try again</Button>}>{save.message}</Notice>
  if (save.kind === 'conflict') return <Notice tone="warn" className="mb-4" action={<Button size="sm" onClick={() => location.reload()}>Read it again</Button>}>{save.message} What you changed since is on this page only: copy it before reading again.</Notice>
  return null
}
