import { z } from 'zod'
import { setRunNote, setRunTags } from '@/lib/store/runs'
import { idParams } from '../../../contracts'
import { handle } from '../../../handle'

const tag = z.string().trim().min(1).max(64).regex(/^[^,\p{Cc}]+$/u, 'a tag holds no comma')
const aboutBody = z.strictObject({ tags: z.array(tag).max(32).optional(), note: z.string().max(4000).optional() })

/** Writes a run's tags or its note anew. */
export const PUT = handle({ params: idParams, body: aboutBody }, async ({ params, body }) => {
  if (body.tags !== undefined) await setRunTags(params.id, [...new Set(body.tags)])
  if (body.note !== undefined) await setRunNote(params.id, body.note)
  return { id: params.id }
})
