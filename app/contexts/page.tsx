import type { Metadata } from 'next'
import { listDatasets } from '@/lib/store/datasets'
import { listReconstructions } from '@/lib/store/reconstructions'
import { ContextsRoom } from '@/components/contexts/contexts-room'
import { reconstructionRow } from '@/components/contexts/reconstruction-row'
import { Page } from '@/components/ui/page'
import { listLibrary } from '../api/models/library'
import { guardPage } from '../guard'

export const metadata: Metadata = { title: 'Contexts' }

export default async function ContextsPage() {
  const who = await guardPage()
  const [datasets, reconstructions, models] = await Promise.all([listDatasets(), listReconstructions(), listLibrary()])
  const entries = datasets.map(({ id, name, state, events, version }) => ({ id, name, state, events, version, reconstructions: reconstructions.filter(({ datasetId }) => datasetId === id).map(reconstructionRow) }))
  return (
    <Page title="Contexts" summary="Who did what, and what followed: the lines of a log gathered by the user’s action that caused them.">
      <ContextsRoom
        datasets={entries}
        models={models.filter(({ state }) => state !== 'archived').map(({ id, name, isDefault, manifest }) => ({ id, name, isDefault, family: manifest.family }))}
        mayStart={who.role !== 'annotator'}
        mayDelete={who.role === 'owner'}
      />
    </Page>
  )
}
