import { AuditweaveError } from '@/lib/audit/errors'
import { clearDefaultModel, deleteModel, requireModel, setDefaultModel, setModelState } from '@/lib/store/models'
import { DEFAULT_MODEL } from '@/lib/model/default-model'
import { modelActionBody, modelParams } from '../../../contracts'
import { handle } from '../../../handle'

/** A model that ships is what it is; all that can be done is to make the default one the default again. */
export const POST = handle({ params: modelParams, body: modelActionBody }, async ({ params, body }) => {
  if (params.id === DEFAULT_MODEL && body.action === 'default') return clearDefaultModel()
  const { id, name, state } = await requireModel(params.id)
  switch (body.action) {
    case 'default':
      if (state === 'archived') throw new AuditweaveError('wrong-state', `${name} is archived. Take it back before making it the default.`)
      return setDefaultModel(id)
    case 'publish': return setModelState(id, 'published')
    case 'draft': return setModelState(id, 'draft')
    case 'archive': return setModelState(id, 'archived')
    case 'delete': return deleteModel(id)
  }
})
