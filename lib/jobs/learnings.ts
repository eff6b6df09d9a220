import { labelsGivenAfter, learningOf, listLearnings } from '@/lib/store/labelling/learnings'
import { requireDataset } from '@/lib/store/datasets'
import type { Reconstruction } from '@/lib/store/reconstructions'
import { launchReconstruction } from './queue'

/** A model is trained anew whenever people have given so many labels since the last. */
export const LEARN_EVERY = 200
/** Its name where suggestions say whose they are. */
const LEARNT = 'learnt from the labels so far'

/** Has a model learn from a data set's labels and suggest anew; the one under way where there is one. Returns its reconstruction. @throws AuditweaveError 'unknown-dataset' */
export async function launchLearning(datasetId: string): Promise<string> {
  const dataset = await requireDataset(datasetId)
  const underWay = (await listLearnings(dataset.id)).find(({ state }) => state === 'queued' || state === 'running')
  return underWay?.id ?? launchReconstruction({ datasetId: dataset.id, method: 'linked', modelName: LEARNT, options: { evidence: true, learn: true } })
}

/** Labels since the last training began; those of a training that failed or was stopped still count. */
export async function labelsSinceLearning(datasetId: string): Promise<number> {
  const last = (await listLearnings(datasetId)).find(({ state }) => state === 'done')
  return labelsGivenAfter(datasetId, (last && learningOf(last)?.newest) ?? 0)
}

const asked = new Map<string, number>()
/** How often one process looks whether a training is due. */
const ASK_EVERY_MS = 5000

/**
 * Has a model learn where enough labels were given since the last; asked after every act of labelling, it looks now and then. One that failed is not
 * begun again by itself until as many labels more are given. Returns its reconstruction, or null.
 */
export async function learnIfDue(datasetId: string): Promise<string | null> {
  const now = Date.now()
  if (now - (asked.get(datasetId) ?? 0) < ASK_EVERY_MS) return null
  asked.set(datasetId, now)
  const learnings = await listLearnings(datasetId)
  if (learnings.some(({ state }) => state === 'queued' || state === 'running')) return null
  const since = await labelsSinceLearning(datasetId)
  const tried = triesSinceDone(learnings)
  return since >= LEARN_EVERY * (tried + 1) ? launchLearning(datasetId) : null
}

/** Trainings that came to nothing since the last that did; one that only had too few labels was no fault. */
function triesSinceDone(learnings: readonly Reconstruction[]): number {
  const done = learnings.findIndex(({ state }) => state === 'done')
  return learnings.slice(0, done < 0 ? learnings.length : done).filter(({ error }) => error?.code !== 'too-few-labels').length
}
