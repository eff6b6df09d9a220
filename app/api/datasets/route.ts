import { launchImport } from '@/lib/jobs/queue'
import { launchShippedImport } from '@/lib/jobs/shipped'
import { listDatasets } from '@/lib/store/datasets'
import { importBody } from '../contracts'
import { handle } from '../handle'

export const GET = handle({}, async () => {
  const datasets = await listDatasets()
  return datasets.map(({ id, name, state, events }) => ({ id, name, state, events }))
})

/** Starts an import of an upload or of a capture that ships; its progress comes through /api/events. */
export const POST = handle({ body: importBody }, async ({ body }) => {
  if ('shipped' in body) return { id: await launchShippedImport(body.shipped, body.name ? { newName: body.name } : {}) }
  return { id: await launchImport(body) }
})
