import type { Metadata } from 'next'
import { ShieldCheck } from 'lucide-react'
import { Suspense } from 'react'
import { guardPage } from '../../guard'
import { TrainView } from '@/components/training/train-view'
import { Page } from '@/components/ui/page'

export const metadata: Metadata = { title: 'Train a small model' }

export default async function TrainPage() {
  await guardPage()
  return (
    <Page title="Train a small model" crumb={{ href: '/playground', label: 'Playground' }} summary={<span className="flex items-center gap-1.5"><ShieldCheck aria-hidden className="size-4 shrink-0 text-good" />Trained in this browser tab: neither the log nor its labels leave this machine.</span>}>
      <Suspense><TrainView /></Suspense>
    </Page>
  )
}
