import type { Metadata } from 'next'
import { LabelDatasets } from '@/components/labelling/label-datasets'
import { Page } from '@/components/ui/page'
import { listDatasets } from '@/lib/store/datasets'
import { labelledShare } from '@/lib/store/labels'
import { guardPage } from '../guard'

export const metadata: Metadata = { title: 'Label' }

export default async function LabelPage() {
  await guardPage()
  const datasets = await listDatasets()
  const shares = await Promise.all(datasets.map(async ({ id, state }) => (state === 'ready' ? labelledShare(id) : null)))
  return (
    <Page title="Label" summary="Say for every request which user’s action caused it. Suggestions come from links, rules and the default model; one key accepts a line, another its whole context.">
      <LabelDatasets datasets={datasets.map(({ id, name, state, events }, i) => ({ id, name, state, events, labelled: shares[i]?.labelled ?? 0, total: shares[i]?.total ?? 0 }))} />
    </Page>
  )
}
