import type { Metadata } from 'next'
import { Suspense } from 'react'
import { ForReviewers } from '@/components/trust/for-reviewers'
import { ReviewView } from '@/components/trust/review/review-view'
import { TrustPage } from '@/components/trust/trust-page'
import { guardPage } from '../../../guard'
import { readTrustDataset } from '../trust-dataset'

export const metadata: Metadata = { title: 'Review' }

export default async function ReviewPage({ params }: { params: Promise<{ dataset: string }> }) {
  await guardPage()
  const { who, dataset } = await readTrustDataset(params)
  return (
    <TrustPage dataset={dataset} tab="review" title="Review" summary="Where two sides say different things of a request: one key decides, and the shared label is reviewed from then on.">
      {who.role === 'annotator' ? <ForReviewers dataset={dataset.id} /> : <Suspense><ReviewView dataset={dataset.id} /></Suspense>}
    </TrustPage>
  )
}
