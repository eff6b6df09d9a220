'use client'
import { ChevronDown, UserRound } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Annotator } from '@/lib/labelling/types'
import { AnnotatorsDialog } from '@/components/annotators/annotators-dialog'
import { LogText } from '@/components/format/log-text'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input } from '@/components/ui/field'
import { Menu, MenuHeading, MenuItem, MenuLine } from '@/components/ui/menu'
import { showFailure, showToast } from '@/components/ui/toast'
import type { LabelStore } from '../sync/label-store'

/** Who labels here, under which name, and the way to second labellings. */
export function AnnotatorMenu({ store, annotator, dataset }: { store: LabelStore; annotator: Annotator | null; dataset: string }) {
  const [naming, setNaming] = useState(false)
  const [listing, setListing] = useState(false)
  const router = useRouter()
  const owner = annotator?.role === 'owner'
  const reviewer = owner || annotator?.role === 'reviewer'
  return (
    <>
      <Menu trigger={<Button size="sm" aria-label={`Annotator ${annotator?.name ?? ''}`}><UserRound /><span className="max-w-28 truncate"><LogText text={annotator?.name} limit={60} /></span><ChevronDown className="!size-3.5" /></Button>}>
        <MenuHeading>Labels are by {annotator?.name ?? '–'}, {annotator?.role ?? ''}</MenuHeading>
        {owner ? <MenuItem onSelect={() => setNaming(true)}>Label under another name…</MenuItem> : null}
        {owner ? <MenuItem onSelect={() => setListing(true)}>Annotators and their tokens…</MenuItem> : null}
        <MenuLine />
        {reviewer ? <MenuItem onSelect={() => router.push(`/label/${dataset}/agreement`)}>Agreement between annotators</MenuItem> : null}
        {reviewer ? <MenuItem onSelect={() => router.push(`/label/${dataset}/review`)}>Review disagreements</MenuItem> : null}
        <MenuItem onSelect={() => router.push(`/label/${dataset}/checks`)}>Check the labels</MenuItem>
      </Menu>
      <NameDialog open={naming} name={annotator?.name ?? ''} onOpenChange={setNaming} onNamed={() => void store.refresh()} />
      {owner ? <AnnotatorsDialog open={listing} onOpenChange={setListing} /> : null}
    </>
  )
}

/** A name for who sits at this machine; it counts for this browser. */
function NameDialog({ open, name, onOpenChange, onNamed }: { open: boolean; name: string; onOpenChange: (open: boolean) => void; onNamed: () => void }) {
  const [text, setText] = useState(name)
  const save = (): void => {
    callApi<{ annotator: Annotator }>('/api/annotators/me', { method: 'PUT', body: { name: text.trim() } }).then(() => {
      onOpenChange(false)
      onNamed()
      showToast(`Labels of this browser are by ${text.trim()} from now on.`)
    }).catch(showFailure)
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Label under another name" description={<>Whoever sits at this machine picks a name. Others, on other machines, sign in with a token of their own: see <Link href="/sign-in" className="link">sign in</Link>.</>} className="w-[min(28rem,calc(100vw-2rem))]">
      <form action={save} className="space-y-4">
        <Field label="Name"><Input autoComplete="off" maxLength={64} value={text} onChange={(event) => setText(event.target.value)} /></Field>
        <div className="flex justify-end gap-2"><Button onClick={() => onOpenChange(false)}>Cancel</Button><Button type="submit" tone="primary" disabled={text.trim() === ''}>Label under this name</Button></div>
      </form>
    </Dialog>
  )
}
