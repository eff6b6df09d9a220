import type { Metadata } from 'next'
import { Suspense } from 'react'
import { guardPage } from '../guard'
import { listRuns } from '@/lib/store/runs'
import { runLine } from '@/components/runs/run-line'
import { RunsView } from '@/components/runs/runs-view'
import { Page } from '@/components/ui/page'

export const metadata: Metadata = { title: 'Runs' }

/** As many as a screen shows; the page reads the others itself. */
const FIRST = 100

export default async function RunsPage() {
  await guardPage()
  const page = await listRuns({ sort: 'number', descending: true, limit: FIRST })
  return (
    <Page wide title="Runs" summary="Every training run, its protocol, its figures and what it cost. Select some and compare them.">
      <Suspense><RunsView first={page.rows.map(runLine)} total={page.total} /></Suspense>
    </Page>
  )
}
