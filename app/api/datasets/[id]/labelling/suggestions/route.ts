import { AuditweaveError } from '@/lib/audit/errors'
import { launchReconstruction } from '@/lib/jobs/queue'
import type { SuggestionsAnswer } from '@/lib/labelling/types'
import { requireDataset } from '@/lib/store/datasets'
import { readSuggestions, suggestionSources, type SuggestionSources } from '@/lib/store/labelling/suggestions'
import { idParams } from '../../../../contracts'
import { handle } from '../../../../handle'
import { findCard, listLibrary } from '../../../../models/library'
import { checkRole } from '../../../../who'
import { suggestionsBody, suggestionsQuery } from '../contracts'

/** How far suggestions have come, and the columns unless the asker has those of this reconstruction. */
export const GET = handle({ params: idParams, query: suggestionsQuery }, async ({ params, query }) => {
  const { id } = await requireDataset(params.id)
  const sources = await suggestionSources(id)
  const wanted = sources.finished !== null && sources.finished.id !== query.have
  return { ...stateOf(sources), columns: wanted && sources.finished ? await readSuggestions(sources.finished) : null } satisfies SuggestionsAnswer
})

/** Has suggestions made by a model, the default one unless named; a reviewer may have them made anew. Asked again while it is under way, it changes nothing. */
export const POST = handle({ params: idParams, body: suggestionsBody, role: 'annotator' }, async ({ params, body, who }) => {
  const dataset = await requireDataset(params.id)
  const sources = await suggestionSources(dataset.id)
  if (sources.finished?.options.evidence === true) checkRole(who, 'reviewer')
  const model = await modelOf(body.model)
  if (sources.underWay === null || sources.underWay.modelName !== model.name)
    await launchReconstruction({ datasetId: dataset.id, method: 'linked', modelId: model.origin === 'stored' ? model.id : null, modelName: model.name, options: { evidence: true } })
  return { ...stateOf(await suggestionSources(dataset.id)), columns: null } satisfies SuggestionsAnswer
})

function stateOf({ finished, underWay, failed }: SuggestionSources): Omit<SuggestionsAnswer, 'columns'> {
  const state = underWay !== null ? 'running' : failed !== null ? 'failed' : finished !== null ? 'ready' : 'none'
  return { state, progress: underWay?.progress ?? null, error: failed?.error ?? null }
}

async function modelOf(id: string | undefined) {
  const card = id === undefined ? (await listLibrary()).find(({ isDefault }) => isDefault) : (await findCard(id))?.card
  if (!card) throw new AuditweaveError('unknown-model', `There is no model${id === undefined ? '' : ` "${id}"`} to make suggestions by. Open Models for those there are.`)
  return card
}
