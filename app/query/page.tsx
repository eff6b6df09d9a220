import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { DATASET_COOKIE } from '@/components/shell/current-dataset'
import type { LogChoice } from '@/components/query/log-choices'
import { QueryView } from '@/components/query/query-view'
import { listDatasets } from '@/lib/store/datasets'
import { listReconstructions, type Reconstruction } from '@/lib/store/reconstructions'
import { listSavedQueries } from '@/lib/store/saved-queries'
import { guardPage } from '../guard'

export const metadata: Metadata = { title: 'Query' }

export default async function QueryPage() {
  await guardPage()
  const [datasets, reconstructions, saved, jar] = await Promise.all([listDatasets(), listReconstructions(), listSavedQueries(), cookies()])
  const logs = datasets.filter(({ state }) => state === 'ready').map(({ id, name, events, sourceName, lastMicros }): LogChoice => ({
    id, name, events, sourceName, lastMicros, reconstructions: reconstructions.filter((one) => one.datasetId === id && one.state === 'done').map((one) => ({ id: one.id, title: titleOf(one) })),
  }))
  return <QueryView logs={logs} current={jar.get(DATASET_COOKIE)?.value ?? null} saved={saved} />
}

function titleOf({ method, modelName, createdAt }: Reconstruction): string {
  return `${modelName ?? (method === 'linked' ? 'links alone' : method)}, ${createdAt.slice(0, 16).replace('T', ' ')}`
}
