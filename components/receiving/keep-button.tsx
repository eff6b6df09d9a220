'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input } from '@/components/ui/field'
import { showFailure } from '@/components/ui/toast'

/** Imports all that was received into a data set, to reconstruct, query and label it like any other. */
export function KeepButton() {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const keep = async (): Promise<void> => {
    try {
      const { id } = await callApi<{ id: string }>('/api/live/keep', { method: 'POST', body: { name } })
      router.push(`/datasets/${id}`)
    } catch (error) {
      showFailure(error)
    }
  }
  return (
    <>
      <Button onClick={() => { setName(`live-${new Date().toISOString().slice(0, 16).replace(/[-:]/g, '')}`); setOpen(true) }}>Keep as a data set</Button>
      <Dialog open={open} onOpenChange={setOpen} title="Keep as a data set" description="Imports everything that was received so far. The receiver goes on.">
        <form action={keep} className="space-y-4">
          <Field label="Name"><Input value={name} maxLength={255} onChange={(event) => setName(event.target.value)} /></Field>
          <div className="flex justify-end gap-2"><Button onClick={() => setOpen(false)}>Cancel</Button><Button type="submit" tone="primary" disabled={name.trim() === ''}>Import</Button></div>
        </form>
      </Dialog>
    </>
  )
}
