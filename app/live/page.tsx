import type { Metadata } from 'next'
import { Suspense } from 'react'
import { listAlerts } from '@/lib/store/live/alerts'
import { listWatches } from '@/lib/store/live/watches'
import { LiveView } from '@/components/receiving/live-view'
import { ButtonLink } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { Page } from '@/components/ui/page'
import { guardPage } from '../guard'

export const metadata: Metadata = { title: 'Live' }

export default async function LivePage() {
  await guardPage()
  const [alerts, watches] = await Promise.all([listAlerts(), listWatches()])
  return (
    <Page wide title="Live" summary="What is happening in the cluster, what matched, and whether anything is lost." actions={<><ButtonLink href="/live/watches">Watches <Kbd>w</Kbd></ButtonLink><ButtonLink href="/live/set-up">Set up</ButtonLink></>}>
      <Suspense><LiveView first={alerts} watches={watches.filter(({ enabled }) => enabled).length} /></Suspense>
    </Page>
  )
}
