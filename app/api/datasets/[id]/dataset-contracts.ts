import { z } from 'zod'
import { LABELLED_FORMATS } from '@/lib/export/labelled/formats'
import { mergeModeSchema } from '@/lib/labelling/dataset/merge'
import { sliceSpecSchema } from '@/lib/labelling/dataset/slice'
import { splitSpecSchema } from '@/lib/labelling/dataset/splits/spec'
import { idSchema } from '../../contracts'

const version = z.coerce.number().int().min(1).max(1_000_000_000)
const datasetName = z.string().min(1).max(120)

export const freezeBody = z.strictObject({ note: z.string().trim().max(2000).default('') })
export const restoreBody = z.strictObject({ number: version })
/** Versions of the data set by number; `now` for what stands. */
export const differencesQuery = z.object({ from: z.union([z.literal('now'), version]).optional(), to: z.union([z.literal('now'), version]).default('now') })

export const splitBody = z.strictObject({ name: z.string().min(1).max(80), spec: splitSpecSchema, version: version.optional() })
export const splitQuery = z.object({ split: z.string().max(80).default('') })

export const cardQuery = z.object({ format: z.enum(['json', 'markdown']).default('json') })
export const exportQuery = z.object({ format: z.enum(LABELLED_FORMATS).default('jsonl'), version: version.optional() })
export const labelsFileBody = z.strictObject({ uploadId: idSchema, name: z.string().min(1).max(255) })

/** The key of pseudonyms goes to the process that writes them and is kept nowhere. */
export const deriveBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('slice'), name: datasetName, version: version.optional(), spec: sliceSpecSchema }),
  z.strictObject({ kind: z.literal('merge'), name: datasetName, others: z.array(idSchema).min(1).max(50), mode: mergeModeSchema }),
  z.strictObject({ kind: z.literal('pseudonymise'), name: datasetName, version: version.optional(), key: z.string().min(16).max(1000) }),
])
