import { labelsSinceLearning, launchLearning, LEARN_EVERY } from '@/lib/jobs/learnings'
import { NEEDED } from '@/lib/labelling/learning/judge'
import type { LearningAnswer } from '@/lib/labelling/learning/types'
import { requireDataset } from '@/lib/store/datasets'
import { learningCurve, listLearnings, sampleOf } from '@/lib/store/labelling/learnings'
import { idParams } from '../../../../contracts'
import { handle } from '../../../../handle'

/** The learning curve so far, and the training under way. */
export const GET = handle({ params: idParams }, async ({ params }) => answer((await requireDataset(params.id)).id))

/** Has a model learn from what is labelled by now, beside whatever people do meanwhile. Asked again while it learns, it changes nothing. */
export const POST = handle({ params: idParams, role: 'reviewer' }, async ({ params }) => {
  const { id } = await requireDataset(params.id)
  await launchLearning(id)
  return answer(id)
})

async function answer(datasetId: string): Promise<LearningAnswer> {
  const learnings = await listLearnings(datasetId)
  const underWay = learnings.find(({ state }) => state === 'queued' || state === 'running')
  const failed = underWay === undefined && learnings[0]?.state === 'failed' ? learnings[0] : null
  return {
    state: underWay ? 'running' : failed ? 'failed' : 'idle', progress: underWay?.progress ?? null, error: failed?.error ?? null,
    curve: learningCurve(learnings), sample: { ...await sampleOf(datasetId), needed: NEEDED }, since: await labelsSinceLearning(datasetId), every: LEARN_EVERY,
  }
}
