'use client'
import { Copy, Download, Pin, Play, RotateCcw, Square, Trash2, type LucideIcon } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { keyText } from '@/components/keys/key-registry'
import { useKey } from '@/components/keys/use-key'
import { Button } from '@/components/ui/button'
import { ConfirmByName } from '@/components/ui/confirm'
import { Tip } from '@/components/ui/tip'
import { ACTION_TEXT, allowedActions, runAction, type RunAction } from './run-actions'
import type { RunLine } from './run-line'

const ICONS: Readonly<Record<RunAction, LucideIcon>> = { stop: Square, resume: Play, retry: RotateCcw, clone: Copy, delete: Trash2, pin: Pin, unpin: Pin }

/** What can be done with one run, each with its key. */
export function RunButtons({ run, hasModel }: { run: RunLine; hasModel: boolean }) {
  const router = useRouter()
  const [deleting, setDeleting] = useState(false)
  const act = async (action: RunAction): Promise<void> => {
    const next = await runAction([run], action)
    if (next === null) return
    if (action === 'clone') router.push(`/runs/${next}`)
    else if (action === 'delete') router.push('/runs')
    else router.refresh()
  }
  const actions = [...allowedActions(run), run.pinned ? ('unpin' as const) : ('pin' as const)]
  return (
    <div className="flex flex-wrap items-center gap-2">
      {actions.map((action) => <ActionButton key={action} action={action} onClick={() => (action === 'delete' ? setDeleting(true) : void act(action))} />)}
      {hasModel ? <a href={`/api/runs/${run.id}/model`} download className="inline-flex h-8 items-center gap-2 rounded-md border border-line px-3 font-medium hover:bg-hover"><Download aria-hidden className="size-4" />Model</a> : null}
      <ConfirmByName open={deleting} onOpenChange={setDeleting} title={`Delete run ${run.number}?`} name={run.name} consequence="Its epochs, figures and checkpoint go with it. This cannot be undone; a clone repeats it from its settings." onConfirm={() => act('delete')} />
    </div>
  )
}

function ActionButton({ action, onClick }: { action: RunAction; onClick: () => void }) {
  const { label, hint, key } = ACTION_TEXT[action]
  useKey(key, label, 'This run', onClick)
  const Icon = ICONS[action]
  return <Tip label={hint} keys={keyText(key, false)}><Button tone={action === 'delete' ? 'danger' : 'plain'} onClick={onClick}><Icon aria-hidden />{label}</Button></Tip>
}
