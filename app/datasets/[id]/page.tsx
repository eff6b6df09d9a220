import type { Metadata } from 'next'
import { guardPage, orNotFound } from '../../guard'
import { findDataset, listDatasets } from '@/lib/store/datasets'
import { DatasetActions } from '@/components/datasets/dataset-actions'
import { DatasetPage } from '@/components/datasets/dataset-page'
import { Importing } from '@/components/datasets/importing'
import { formatInstant } from '@/components/format/instant'
import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Page } from '@/components/ui/page'
import { CardSection } from '@/components/datasets/record/card-section'
import { ExportMenu } from '@/components/datasets/record/export-menu'
import { MakeMenu } from '@/components/datasets/record/make-menu'
import { OriginNote } from '@/components/datasets/record/origin-note'
import { SplitsSection } from '@/components/datasets/record/splits-section'
import { VersionsSection } from '@/components/datasets/record/versions-section'
import { readCard, readOrigin } from '@/lib/store/dataset-versions/about'
import { labelledShare } from '@/lib/store/labels'
import { listSplits } from '@/lib/store/dataset-versions/splits'
import { listVersions } from '@/lib/store/dataset-versions/versions'
import { idSchema } from '../../api/contracts'

type Props = { params: Promise<{ id: string }> }

export const metadata: Metadata = { title: 'Dataset' }

export default async function DatasetRoute({ params }: Props) {
  const who = await guardPage()
  const { id } = await params
  const dataset = await orNotFound(idSchema.safeParse(id).success ? findDataset(id) : Promise.resolve(null))
  const mayChange = who.role !== 'annotator'
  const trainable = dataset.state === 'ready' && dataset.hasLabels
  return (
    <Page title={dataset.name} crumb={{ href: '/datasets', label: 'Datasets' }} summary={`Imported ${formatInstant(dataset.createdAt)}`} actions={dataset.state === 'importing' ? null : <>{dataset.state === 'ready' ? <><ButtonLink href={`/label/${dataset.id}`}>Label</ButtonLink>{mayChange ? <ExportMenu dataset={dataset.id} /> : null}{who.role === 'owner' ? <MakeMenu dataset={dataset.id} name={dataset.name} others={await otherDatasets(dataset.id)} /> : null}</> : null}<ButtonLink href={`/lineage/dataset/${dataset.id}`}>Lineage</ButtonLink><DatasetActions id={dataset.id} name={dataset.name} events={dataset.events} trainable={trainable} /></>}>
      {dataset.state === 'importing' ? <Importing id={dataset.id} name={dataset.name} progress={dataset.progress} /> : null}
      {dataset.state === 'failed' ? <Notice tone="bad">{dataset.error?.message ?? 'The import failed.'} Delete this entry, mend the file, and import it again.</Notice> : null}
      {dataset.state === 'ready' ? <DatasetPage dataset={dataset} labelled={await labelledShare(id)} record={<Record id={dataset.id} name={dataset.name} mayChange={mayChange} />} /> : null}
    </Page>
  )
}

/** What people made of the data: where it came from, versions, splits, card. */
async function Record({ id, name, mayChange }: { id: string; name: string; mayChange: boolean }) {
  const [versions, splits, card, origin] = await Promise.all([listVersions(id), listSplits(id), readCard(id), readOrigin(id)])
  return (
    <>
      <OriginNote origin={origin} />
      <VersionsSection dataset={id} name={name} versions={versions} mayChange={mayChange} />
      <SplitsSection dataset={id} newest={versions[0]?.number ?? null} splits={splits} mayChange={mayChange} />
      <CardSection dataset={id} card={card} mayChange={mayChange} />
    </>
  )
}

async function otherDatasets(id: string): Promise<{ id: string; name: string }[]> {
  return (await listDatasets()).filter((other) => other.id !== id && other.state === 'ready').map((other) => ({ id: other.id, name: other.name }))
}
