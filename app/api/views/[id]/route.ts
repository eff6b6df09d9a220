import { changeView, deleteView } from '@/lib/store/saved-views'
import { idParams } from '../../contracts'
import { handle } from '../../handle'
import { viewChangeBody } from '../contract'

/** Renames a view, or overwrites its state. */
export const PUT = handle({ params: idParams, body: viewChangeBody }, async ({ params, body }) => changeView(params.id, { ...(body.name === undefined ? {} : { name: body.name }), ...(body.state === undefined ? {} : { state: body.state }) }))

/** Answers with what was deleted, so that it can be saved again. */
export const DELETE = handle({ params: idParams }, async ({ params }) => deleteView(params.id))
