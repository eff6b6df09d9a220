import type { Metadata } from 'next'
import { guardPage } from '../guard'
import { listShippedDatasets } from '@/lib/jobs/shipped'
import { listDatasets } from '@/lib/store/datasets'
import { DatasetsList } from '@/components/datasets/datasets-list'
import { ImportPanel } from '@/components/datasets/import-panel'
import { Empty } from '@/components/ui/notice'
import { Page, Section } from '@/components/ui/page'

export const metadata: Metadata = { title: 'Datasets' }

export default async function DatasetsPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  await guardPage()
  const [datasets, shipped, query] = await Promise.all([listDatasets(), listShippedDatasets(), searchParams])
  return (
    <Page title="Datasets" summary="Audit logs with what is known about them. A log with its truth can be trained on; any log can be queried.">
      <Section title="Import a log"><ImportPanel shipped={shipped} taken={datasets.map((dataset) => dataset.name)} openPicker={query.import !== undefined} /></Section>
      <Section title="Imported">
        {datasets.length > 0 ? <DatasetsList datasets={datasets} /> : <Empty title="No log is imported yet">Import lab-a above: 54,354 events of a real control plane with the truth of each, enough to train on.</Empty>}
      </Section>
    </Page>
  )
}
