'use client'
import { Link2 } from 'lucide-react'
import { useState } from 'react'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input } from '@/components/ui/field'
import { showFailure, showToast } from '@/components/ui/toast'

/** Gives the notebook a read-only address, shows it, and takes it back. */
export function ShareButton({ id, token: first }: { id: string; token: string | null }) {
  const [open, setOpen] = useState(false)
  const [token, setToken] = useState(first)
  const ask = (method: 'POST' | 'DELETE'): void => {
    callApi<{ token: string | null }>(`/api/notebooks/${id}/share`, { method }).then((answer) => setToken(answer.token), showFailure)
  }
  const address = token !== null && open ? new URL(`/notebooks/shared/${token}`, location.href).href : ''
  return (
    <>
      <Button onClick={() => setOpen(true)}><Link2 aria-hidden />{token === null ? 'Share' : 'Shared'}</Button>
      <Dialog open={open} onOpenChange={setOpen} title="Share read-only" description="Whoever has the address, and can reach this Auditweave, reads the notebook as it is saved, with its outputs and without signing in. Nothing can be changed or run there.">
        {token === null ? <Button tone="primary" onClick={() => ask('POST')}>Make an address</Button> : (
          <div className="space-y-4">
            <Field label="Address"><Input readOnly value={address} onFocus={(event) => event.target.select()} /></Field>
            <div className="flex gap-2">
              <Button tone="primary" onClick={() => void navigator.clipboard.writeText(address).then(() => showToast('The address is copied.'), showFailure)}>Copy it</Button>
              <Button tone="danger" onClick={() => ask('DELETE')}>Withdraw it</Button>
            </div>
          </div>
        )}
      </Dialog>
    </>
  )
}
