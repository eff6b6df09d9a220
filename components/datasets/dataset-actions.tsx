'use client'
import { FlaskConical, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '@/components/live/call-api'
import { Button, ButtonLink } from '@/components/ui/button'
import { ConfirmByName } from '@/components/ui/confirm'
import { showFailure, showToast } from '@/components/ui/toast'
import { plural } from '@/components/format/number'

export function DatasetActions({ id, name, events, trainable }: { id: string; name: string; events: number; trainable: boolean }) {
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  const remove = async (): Promise<void> => {
    try {
      await callApi(`/api/datasets/${id}`, { method: 'DELETE' })
      showToast(`${name} is deleted.`)
      router.push('/datasets')
      router.refresh()
    } catch (error) {
      showFailure(error)
    }
  }
  return (
    <>
      {trainable ? <ButtonLink href={`/experiments/window-size?dataset=${id}#launch`} tone="primary"><FlaskConical aria-hidden />Sweep a training</ButtonLink> : null}
      <Button tone="danger" onClick={() => setAsking(true)}><Trash2 aria-hidden />Delete…</Button>
      <ConfirmByName open={asking} onOpenChange={setAsking} title={`Delete the data set ${name}?`} name={name} consequence={`${plural(events, 'event')} and the labels on them go with it. Runs keep it from being deleted: delete them first.`} onConfirm={remove} />
    </>
  )
}
