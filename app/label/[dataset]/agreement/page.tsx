import type { Metadata } from 'next'
import { Suspense } from 'react'
import { AgreementView } from '@/components/trust/agreement/agreement-view'
import { ForReviewers } from '@/components/trust/for-reviewers'
import { TrustPage } from '@/components/trust/trust-page'
import { guardPage } from '../../../guard'
import { readTrustDataset } from '../trust-dataset'

export const metadata: Metadata = { title: 'Agreement' }

export default async function AgreementPage({ params }: { params: Promise<{ dataset: string }> }) {
  await guardPage()
  const { who, dataset } = await readTrustDataset(params)
  return (
    <TrustPage dataset={dataset} tab="agreement" title="Agreement" summary="How far those who label this log agree, beyond what chance would give, and on what they do not.">
      {who.role === 'annotator' ? <ForReviewers dataset={dataset.id} /> : <Suspense><AgreementView dataset={dataset.id} me={who.name} /></Suspense>}
    </TrustPage>
  )
}
