import type { Metadata } from 'next'
import { Suspense } from 'react'
import { ChecksView } from '@/components/trust/checks/checks-view'
import { TrustPage } from '@/components/trust/trust-page'
import { listLibrary } from '../../../api/models/library'
import { guardPage } from '../../../guard'
import { readTrustDataset } from '../trust-dataset'

export const metadata: Metadata = { title: 'Checks' }

export default async function ChecksPage({ params }: { params: Promise<{ dataset: string }> }) {
  await guardPage()
  const { dataset } = await readTrustDataset(params)
  const models = (await listLibrary()).map(({ id, name, isDefault }) => ({ id, name, isDefault }))
  return (
    <TrustPage dataset={dataset} tab="checks" title="Checks" summary="Labels that contradict themselves or the log, lines that stand there twice, splits that leak, and what a model has never met.">
      <Suspense><ChecksView dataset={dataset.id} models={models} /></Suspense>
    </TrustPage>
  )
}
