import { planLaunch } from '@/lib/experiments/launch'
import { getExperiment } from '@/lib/experiments/catalogue'
import { launchExperiment } from '@/lib/jobs/queue'
import { requireDataset } from '@/lib/store/datasets'
import { launchBody, nameParams } from '../../../contracts'
import { handle } from '../../../handle'

export const POST = handle({ params: nameParams, body: launchBody }, async ({ params, body }) => {
  const dataset = await requireDataset(body.dataset)
  const { experiment, runIds } = await launchExperiment({ datasetId: dataset.id, ...planLaunch(getExperiment(params.name), body) })
  return { id: experiment.id, runIds }
})
