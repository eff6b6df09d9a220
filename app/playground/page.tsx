import type { Metadata } from 'next'
import { ShieldCheck } from 'lucide-react'
import { Suspense } from 'react'
import { guardPage } from '../guard'
import { PlaygroundView } from '@/components/playground/playground-view'
import { Page } from '@/components/ui/page'

export const metadata: Metadata = { title: 'Playground' }

export default async function PlaygroundPage() {
  await guardPage()
  return (
    <Page wide title="Playground" summary={<span className="flex items-center gap-1.5"><ShieldCheck aria-hidden className="size-4 shrink-0 text-good" />Read, linked and labelled in this browser tab: nothing you paste or drop leaves this machine.</span>}>
      <Suspense><PlaygroundView /></Suspense>
    </Page>
  )
}
