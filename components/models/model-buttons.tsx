'use client'
import { Archive, BadgeCheck, Download, FileX, Star, Trash2, type LucideIcon } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { keyText } from '@/components/keys/key-registry'
import { useKey } from '@/components/keys/use-key'
import { Button } from '@/components/ui/button'
import { ConfirmByName } from '@/components/ui/confirm'
import { Tip } from '@/components/ui/tip'
import { ACTION_TEXT, allowedActions, runModelAction, type ActedModel, type ModelAction } from './model-actions'

const ICONS: Readonly<Record<ModelAction, LucideIcon>> = { default: Star, publish: BadgeCheck, draft: FileX, archive: Archive, delete: Trash2 }

/** What can be done with a model, each with its key; whatever can be is taken back by "Undo". */
export function ModelButtons({ model, canBeDefault }: { model: ActedModel; canBeDefault: boolean }) {
  const router = useRouter()
  const [asking, setAsking] = useState<'delete' | 'publish' | null>(null)
  const act = async (action: ModelAction): Promise<void> => {
    const well = await runModelAction(model, action, () => router.refresh())
    if (well && action === 'delete') router.push('/models')
  }
  // Publishing again takes back an archiving; the first time is for good.
  const asks = (action: ModelAction): action is 'delete' | 'publish' => action === 'delete' || (action === 'publish' && model.publishedAt === null)
  const close = (): void => setAsking(null)
  const actions = allowedActions(model).filter((action) => action !== 'default' || canBeDefault)
  return (
    <>
      {actions.map((action) => <ActionButton key={action} action={action} onClick={() => (asks(action) ? setAsking(action) : void act(action))} />)}
      <a href={`/api/models/${encodeURIComponent(model.id)}/folder`} download className="inline-flex h-8 items-center gap-2 rounded-md border border-line px-3 font-medium hover:bg-hover"><Download aria-hidden className="size-4" />Download</a>
      <ConfirmByName open={asking === 'delete'} onOpenChange={close} title={`Delete the model ${model.name}?`} name={model.name} consequence="Its weights and what is known of it go with it. This cannot be undone; its run, if it is still there, can be cloned to train it again." onConfirm={() => act('delete')} />
      <ConfirmByName open={asking === 'publish'} onOpenChange={close} verb="Publish" title={`Publish the model ${model.name}?`} name={model.name} consequence="Its weights, description and figures can never be changed again, nor can it go back to a draft. It can be archived; notes and tags stay open." onConfirm={() => act('publish')} />
    </>
  )
}

function ActionButton({ action, onClick }: { action: ModelAction; onClick: () => void }) {
  const { label, hint, key } = ACTION_TEXT[action]
  useKey(key, label, 'This model', onClick)
  const Icon = ICONS[action]
  return <Tip label={hint} keys={keyText(key, false)}><Button tone={action === 'delete' ? 'danger' : 'plain'} onClick={onClick}><Icon aria-hidden />{label}</Button></Tip>
}
