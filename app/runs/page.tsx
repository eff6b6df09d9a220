import type { Metadata } from 'next'
import { Suspense } from 'react'
import { guardPage } from '../guard'
import { runsForTable } from '@/lib/store/runs-table'
import { listViews } from '@/lib/store/saved-views'
import { wireRuns } from '@/components/runs/run-cells'
import { RunsView } from '@/components/runs/runs-view'
import { Page } from '@/components/ui/page'

export const metadata: Metadata = { title: 'Runs' }

/** As many as a screen shows; the page reads the others itself. */
const FIRST = 60

export default async function RunsPage() {
  await guardPage()
  const [{ rows, total }, views] = await Promise.all([runsForTable({ limit: FIRST }), listViews('runs')])
  return (
    <Page wide title="Runs" summary="Every training and measurement, its protocol, its figures and what it cost. Select some and compare them.">
      <Suspense><RunsView first={wireRuns(rows)} total={total} views={views} /></Suspense>
    </Page>
  )
}
