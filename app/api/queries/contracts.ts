import { z } from 'zod'
import { ANSWER_FORMATS } from '@/lib/jobs/asking/messages'
import { QUERY_LIMITS } from '@/lib/query'
import { idSchema } from '../contracts'

/** Longer ones are refused by the language, which says why; beyond this nobody typed it. */
const text = z.string().max(QUERY_LIMITS.text * 4)
/** `reconstruction` left out asks the contexts that the links alone find. */
const log = { dataset: idSchema, reconstruction: idSchema.optional() }
const question = { text, of: z.enum(['contexts', 'lines']).default('contexts'), now: z.enum(['clock', 'end']).default('clock') }

export const runBody = z.strictObject({
  dataset: idSchema.optional(),
  reconstruction: idSchema.optional(),
  ...question,
  limit: z.int().min(0).max(100_000).default(10_000),
  /** `next` of the end of the answers before. */
  cursor: z.int().min(0).max(2 ** 31).default(0),
}).refine(({ dataset, reconstruction }) => dataset !== undefined || reconstruction !== undefined, 'say which data set or which reconstruction is asked')

export const exportQuery = z.object({ ...log, q: text.default(''), of: question.of, now: question.now, format: z.enum(ANSWER_FORMATS) })

/** Without a path, the fields of the log with their commonest values. */
export const completionsQuery = z.object({ ...log, path: z.string().max(1000).optional(), prefix: z.string().max(200).default(''), limit: z.coerce.number().int().min(1).max(200).default(50) })

const name = z.string().min(1).max(120)
const named = { folder: z.string().trim().max(60).regex(/^\P{Cc}*$/u, 'a folder has no control characters'), description: z.string().trim().max(2000) }

export const savedBody = z.strictObject({ name, text: text.min(1), folder: named.folder.optional(), description: named.description.optional(), datasetId: idSchema.nullable().optional() })
export const savedChangeBody = z.strictObject({ name: name.optional(), text: text.min(1).optional(), folder: named.folder.optional(), description: named.description.optional() })
