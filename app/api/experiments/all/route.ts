import { listExperiments } from '@/lib/experiments/catalogue'
import { launchBatch } from '@/lib/jobs/queue'
import type { NewExperiment } from '@/lib/store/experiments'
import { launchAllBody } from '../../contracts'
import { handle } from '../../handle'
import { planOf } from '../plan'

/** Launches every experiment there is, as one batch. */
export const POST = handle({ body: launchAllBody }, async ({ body }) => {
  const plans: NewExperiment[] = []
  for (const spec of listExperiments()) plans.push(await planOf(spec, body))
  const { batch, launched } = await launchBatch(plans)
  return { batch, launches: launched.map(({ experiment }) => ({ id: experiment.id, name: experiment.name, runs: experiment.runs.total })) }
})
