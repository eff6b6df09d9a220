import type { Metadata } from 'next'
import { guardPage, orNotFound } from '../../guard'
import { findDataset } from '@/lib/store/datasets'
import { DatasetActions } from '@/components/datasets/dataset-actions'
import { DatasetPage } from '@/components/datasets/dataset-page'
import { Importing } from '@/components/datasets/importing'
import { formatInstant } from '@/components/format/instant'
import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Page } from '@/components/ui/page'
import { idSchema } from '../../api/contracts'

type Props = { params: Promise<{ id: string }> }

export const metadata: Metadata = { title: 'Dataset' }

export default async function DatasetRoute({ params }: Props) {
  await guardPage()
  const { id } = await params
  const dataset = await orNotFound(idSchema.safeParse(id).success ? findDataset(id) : Promise.resolve(null))
  const trainable = dataset.state === 'ready' && dataset.summary?.truth !== null && dataset.summary !== null
  return (
    <Page title={dataset.name} crumb={{ href: '/datasets', label: 'Datasets' }} summary={`Imported ${formatInstant(dataset.createdAt)}`} actions={dataset.state === 'importing' ? null : <><ButtonLink href={`/lineage/dataset/${dataset.id}`}>Lineage</ButtonLink><DatasetActions id={dataset.id} name={dataset.name} events={dataset.events} trainable={trainable} /></>}>
      {dataset.state === 'importing' ? <Importing id={dataset.id} name={dataset.name} progress={dataset.progress} /> : null}
      {dataset.state === 'failed' ? <Notice tone="bad">{dataset.error?.message ?? 'The import failed.'} Delete this entry, mend the file, and import it again.</Notice> : null}
      {dataset.state === 'ready' ? <DatasetPage dataset={dataset} /> : null}
    </Page>
  )
}
