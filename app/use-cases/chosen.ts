import { idSchema } from '../api/contracts'
import { findDataset } from '@/lib/store/datasets'
import { getReconstruction, listReconstructions, type Reconstruction } from '@/lib/store/reconstructions'
import type { CaseStage } from '@/components/use-cases/stage'

/** The capture that the use cases are worked on unless the address names another reconstruction. */
export const CASE_DATASET = 'incidents-a'

export type Search = Readonly<Record<string, string | string[] | undefined>>

/** The reconstruction that the address names, or the newest of the capture that ships, as far as there is one; and what is missing. */
export async function chosenLog(search: Search): Promise<{ readonly reconstruction: Reconstruction } | { readonly reconstruction: null; readonly stage: CaseStage }> {
  const asked = idSchema.safeParse(search['reconstruction'])
  const named = asked.success ? await getReconstruction(asked.data) : null
  if (named !== null) return named.state === 'done' ? { reconstruction: named } : { reconstruction: null, stage: stageOf(named) }
  const dataset = await findDataset(CASE_DATASET)
  if (dataset === null) return { reconstruction: null, stage: { kind: 'missing' } }
  if (dataset.state !== 'ready') return { reconstruction: null, stage: dataset.state === 'importing' ? { kind: 'importing', dataset: dataset.id, progress: dataset.progress } : { kind: 'failed', message: dataset.error?.message ?? 'The import failed.', href: `/datasets/${dataset.id}` } }
  const its = await listReconstructions({ datasetId: dataset.id })
  const done = its.find(({ state }) => state === 'done')
  if (done) return { reconstruction: done }
  const newest = its[0]
  return { reconstruction: null, stage: newest === undefined || newest.state === 'stopped' ? { kind: 'unlinked', dataset: dataset.id } : stageOf(newest) }
}

function stageOf({ id, datasetId, state, error, progress }: Reconstruction): CaseStage {
  if (state === 'failed') return { kind: 'failed', message: error?.message ?? 'The reconstruction failed.', href: `/datasets/${datasetId}` }
  if (state === 'stopped') return { kind: 'unlinked', dataset: datasetId }
  return { kind: 'linking', reconstruction: id, progress: progress === null ? null : { done: progress.done, total: progress.total } }
}

/** Every reconstruction that could be chosen. */
export async function choices(): Promise<{ readonly id: string; readonly name: string }[]> {
  return (await listReconstructions()).filter(({ state }) => state === 'done').slice(0, 100).map(({ id, datasetName, method, modelName, contexts }) => ({ id, name: `${datasetName}, ${modelName ?? method}, ${contexts.toLocaleString('en')} contexts` }))
}
