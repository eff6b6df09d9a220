import { getExperiment } from '@/lib/experiments/catalogue'
import { launchExperiment } from '@/lib/jobs/queue'
import { launchBody, nameParams } from '../../../contracts'
import { handle } from '../../../handle'
import { planOf } from '../../plan'

export const POST = handle({ params: nameParams, body: launchBody }, async ({ params, body }) => {
  const { experiment, runIds } = await launchExperiment(await planOf(getExperiment(params.name), body))
  return { id: experiment.id, runIds }
})
