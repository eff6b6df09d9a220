import { deleteNotebook, requireNotebook, saveNotebook } from '@/lib/store/notebooks'
import { idParams, notebookSaveBody } from '../../contracts'
import { handle } from '../../handle'

const NOTEBOOK_LIMIT = 8 * 1024 * 1024

export const GET = handle({ params: idParams }, async ({ params }) => requireNotebook(params.id))

/** Saves text and cells over the revision that was read. */
export const PUT = handle({ params: idParams, body: notebookSaveBody, bodyLimit: NOTEBOOK_LIMIT }, async ({ params, body }) => ({ revision: await saveNotebook(params.id, body) }))

export const DELETE = handle({ params: idParams }, async ({ params }) => {
  const { id } = await requireNotebook(params.id)
  await deleteNotebook(id)
  return { id }
})
