import type { Metadata } from 'next'
import { STARTER_WATCHES } from '@/lib/live/starter-watches'
import { listWatches } from '@/lib/store/live/watches'
import { WatchesView } from '@/components/receiving/watches-view'
import { Page } from '@/components/ui/page'
import { guardPage } from '../../guard'

export const metadata: Metadata = { title: 'Watches' }

export default async function WatchesPage({ searchParams }: { searchParams: Promise<{ q?: string | string[] }> }) {
  await guardPage()
  const [watches, { q }] = await Promise.all([listWatches(), searchParams])
  return (
    <Page title="Watches" crumb={{ href: '/live', label: 'Live' }} summary="Queries that every context is asked as it grows. What matches raises an alert, once for each context.">
      <WatchesView first={watches} starters={STARTER_WATCHES.length} query={typeof q === 'string' ? q.slice(0, 10_000) : ''} />
    </Page>
  )
}
