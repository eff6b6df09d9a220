'use client'
import { useState } from 'react'
import { Button } from './button'
import { Dialog } from './dialog'
import { Field, Input } from './field'

/** Asks for the name of a thing before what cannot be undone; `verb` stands on the button. */
export function ConfirmByName({ open, onOpenChange, verb = 'Delete', title, name, consequence, onConfirm }: { open: boolean; onOpenChange: (open: boolean) => void; verb?: 'Delete' | 'Publish'; title: string; name: string; consequence: string; onConfirm: () => Promise<void> }) {
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const confirm = (): void => {
    setBusy(true)
    onConfirm().finally(() => {
      setBusy(false)
      setTyped('')
      onOpenChange(false)
    })
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={consequence} className="w-[min(28rem,calc(100vw-2rem))]">
      <form action={confirm} className="space-y-4">
        <Field label={<>Type <b className="font-mono">{name}</b> to confirm</>}><Input autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} /></Field>
        <div className="flex justify-end gap-2">
          <Button onClick={() => onOpenChange(false)}>{verb === 'Delete' ? 'Keep' : 'Cancel'}</Button>
          <Button type="submit" tone={verb === 'Delete' ? 'danger' : 'primary'} disabled={typed !== name || busy}>{verb}</Button>
        </div>
      </form>
    </Dialog>
  )
}
