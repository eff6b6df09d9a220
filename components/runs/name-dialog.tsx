'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input } from '@/components/ui/field'

/** Asks for a name; a refusal is shown where the name stands. */
export function NameDialog({ open, title, first, action, onClose, onName }: { open: boolean; title: string; first: string; action: string; onClose: () => void; onName: (name: string) => Promise<void> }) {
  const [name, setName] = useState(first)
  const [refusal, setRefusal] = useState<string | null>(null)
  const submit = (): void => {
    onName(name.trim()).then(onClose, (error: unknown) => setRefusal(error instanceof Error ? error.message : 'That failed. Try again.'))
  }
  return (
    <Dialog open={open} onOpenChange={(now) => !now && onClose()} title={title} className="w-[min(28rem,calc(100vw-2rem))]">
      <form action={submit} className="space-y-4">
        <Field label="Name"><Input autoComplete="off" maxLength={120} value={name} onChange={(event) => setName(event.target.value)} aria-invalid={refusal !== null} /></Field>
        {refusal ? <p role="alert" className="text-bad">{refusal}</p> : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" disabled={name.trim() === ''}>{action}</Button>
        </div>
      </form>
    </Dialog>
  )
}
