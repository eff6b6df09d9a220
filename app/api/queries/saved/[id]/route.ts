import { changeSavedQuery, deleteSavedQuery, type NamedQuery } from '@/lib/store/saved-queries'
import { idParams } from '../../../contracts'
import { handle } from '../../../handle'
import { savedChangeBody } from '../../contracts'

/** Changes what is given: name, text, folder, description. */
export const PUT = handle({ params: idParams, body: savedChangeBody }, async ({ params, body }) => changeSavedQuery(params.id, body as Partial<NamedQuery>))

/** Answers with what was deleted, so that it can be saved again. */
export const DELETE = handle({ params: idParams }, async ({ params }) => deleteSavedQuery(params.id))
