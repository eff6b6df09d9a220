import { z } from 'zod'
import { setModelAbout } from '@/lib/store/model-about'
import { requireModel } from '@/lib/store/models'
import { modelParams, tagsSchema } from '../../../contracts'
import { handle } from '../../../handle'

const noteSchema = z.string().trim().max(4000).refine((text) => text.isWellFormed() && !text.includes('\0'), 'text that cannot be stored')
const aboutBody = z.strictObject({ note: noteSchema.optional(), tags: tagsSchema.optional() })

/** Writes the note or the tags of a stored model anew; a published one may be written about too, only not changed. */
export const PUT = handle({ params: modelParams, body: aboutBody }, async ({ params, body }) => {
  const { id } = await requireModel(params.id)
  await setModelAbout(id, body)
  return { id }
})
