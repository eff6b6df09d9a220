import { z } from 'zod'
import { requireModel } from '@/lib/store/models'
import { setModelNote } from '@/lib/store/model-about'
import { modelParams } from '../../../contracts'
import { handle } from '../../../handle'

const aboutBody = z.strictObject({ note: z.string().max(4000).refine((text) => text.isWellFormed() && !text.includes('\0'), 'text that cannot be stored') })

/** Writes the note of a stored model anew; a published one may be written about too, only not changed. */
export const PUT = handle({ params: modelParams, body: aboutBody }, async ({ params, body }) => {
  const { id } = await requireModel(params.id)
  await setModelNote(id, body.note.trim())
  return { id }
})
