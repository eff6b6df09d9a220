import { cookies, headers } from 'next/headers'
import type { DatasetChoice } from '@/components/shell/dataset-switch'
import { listDatasets } from '@/lib/store/datasets'
import { checkHost } from './api/rights'
import { whoIs } from './api/who'

/** What the frame around a page shows; null for a reader who has not signed in, who gets none. A database that is down leaves it empty. */
export async function readFrame(): Promise<{ datasets: DatasetChoice[] } | null> {
  const [head, jar] = [await headers(), await cookies()]
  const caller = { method: 'GET', header: (name: string) => head.get(name), cookie: (name: string) => jar.get(name)?.value }
  try {
    checkHost(caller)
    await whoIs(caller)
  } catch {
    return null
  }
  const datasets = await listDatasets().catch(() => [])
  return { datasets: datasets.map(({ id, name, state, events }) => ({ id, name, state, events })) }
}
