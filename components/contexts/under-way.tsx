'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useLiveMessage } from '@/components/live/use-live'
import { ButtonLink } from '@/components/ui/button'
import { Meter } from '@/components/ui/meter'
import { Empty, Notice } from '@/components/ui/notice'
import { progressText, type ReconstructionRow } from './reconstruction-row'

type Props = Pick<ReconstructionRow, 'id' | 'state' | 'progress' | 'error'>

/** A reconstruction that is not done: how far it is, or why it ended. */
export function ReconstructionUnderWay({ id, state, progress: first, error }: Props) {
  const router = useRouter()
  const [progress, setProgress] = useState(first)
  useLiveMessage('reconstruction', (message) => {
    if (message.id !== id) return
    setProgress(message.progress)
    if (message.state !== state) router.refresh()
  })
  if (state === 'failed') return <Notice tone="bad">{error ?? 'The reconstruction failed.'} Delete it among the contexts and start another.</Notice>
  if (state === 'stopped') return <Empty title="The reconstruction was stopped" action={<ButtonLink href="/contexts">Start another</ButtonLink>} />
  return (
    <Empty title={state === 'queued' ? 'Waiting for a worker' : 'The contexts are being found'}>
      <Meter share={progress && progress.total > 0 ? progress.done / progress.total : null} label="Progress" className="mx-auto mt-3 w-80" />
      <span className="mt-2 block">{progressText(progress)}. The list appears here when it is done.</span>
    </Empty>
  )
}
