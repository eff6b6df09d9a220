import type { Metadata } from 'next'
import { Suspense } from 'react'
import { findDataset } from '@/lib/store/datasets'
import { LabelRoom, RoomSkeleton } from '@/components/labelling/label-room'
import { Empty } from '@/components/ui/notice'
import { ButtonLink } from '@/components/ui/button'
import { Page } from '@/components/ui/page'
import { idSchema } from '../../api/contracts'
import { guardPage, orNotFound } from '../../guard'

export const metadata: Metadata = { title: 'Label' }

export default async function LabelDatasetPage({ params }: { params: Promise<{ dataset: string }> }) {
  await guardPage()
  const { dataset: id } = await params
  const dataset = await orNotFound(idSchema.safeParse(id).success ? findDataset(id) : Promise.resolve(null))
  if (dataset.state !== 'ready') {
    return (
      <Page title={dataset.name} crumb={{ href: '/label', label: 'Label' }}>
        <Empty title={dataset.state === 'importing' ? 'This log is still being imported' : 'The import of this log failed'} action={<ButtonLink href={`/datasets/${dataset.id}`}>Open the data set</ButtonLink>}>It can be labelled once all of it is here.</Empty>
      </Page>
    )
  }
  return <Suspense fallback={<RoomSkeleton name={dataset.name} />}><LabelRoom dataset={{ id: dataset.id, name: dataset.name }} /></Suspense>
}
