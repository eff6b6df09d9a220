import { z } from 'zod'
import { setRunNote, setRunTags } from '@/lib/store/runs'
import { idParams, tagsSchema } from '../../../contracts'
import { handle } from '../../../handle'

const aboutBody = z.strictObject({ tags: tagsSchema.optional(), note: z.string().max(4000).optional() })

/** Writes a run's tags or its note anew. */
export const PUT = handle({ params: idParams, body: aboutBody }, async ({ params, body }) => {
  if (body.tags !== undefined) await setRunTags(params.id, body.tags)
  if (body.note !== undefined) await setRunNote(params.id, body.note)
  return { id: params.id }
})
