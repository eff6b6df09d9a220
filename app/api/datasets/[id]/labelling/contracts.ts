import { z } from 'zod'
import type { LabelBatch } from '@/lib/labelling/types'
import { ROLES, SUGGESTION_SOURCES } from '@/lib/labelling/types'
import { idSchema } from '../../../contracts'

const auditIDSchema = z.string().min(1).max(512)
const reasonSchema = z.string().max(1000)
const nameText = z.string().max(512)

const labelSchema = z.object({ group: nameText, resource: nameText.min(1), subresource: nameText.optional(), verb: z.string().min(1).max(64), namespaced: z.boolean(), single: z.boolean() })

const suggestionSchema = z.strictObject({
  source: z.enum(SUGGESTION_SOURCES as [(typeof SUGGESTION_SOURCES)[number]]), ref: nameText.nullable(), probability: z.number().min(0).max(1).nullable(), reason: reasonSchema,
})

const actSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('label'), role: z.enum(ROLES as [(typeof ROLES)[number]]), label: labelSchema.nullable(), context: nameText.nullable() })
    .refine(({ role, label }) => label !== null || role === 'background' || role === 'nonresource', 'a trigger or a consequence needs a label'),
  z.strictObject({ kind: z.literal('clear') }),
  z.strictObject({ kind: z.literal('flag') }),
  z.strictObject({ kind: z.literal('unflag') }),
  z.strictObject({ kind: z.literal('comment'), text: z.string().trim().min(1).max(4000) }),
  z.strictObject({ kind: z.literal('skip') }),
])

const BATCH_KINDS = ['label', 'context', 'propagate', 'rule', 'flag', 'comment', 'skip', 'adjudicate', 'import'] as const
/** What an annotator alone may not do: these make labels that count for more, or many at once. */
export const REVIEWER_KINDS: readonly string[] = ['rule', 'adjudicate', 'import']

/** A whole log at once: some 400 bytes a change. */
export const BATCH_LIMIT = 64 * 1024 * 1024

export const batchBody: z.ZodType<LabelBatch> = z.strictObject({
  id: z.uuid(),
  kind: z.enum(BATCH_KINDS),
  title: z.string().trim().min(1).max(300),
  assignment: idSchema.nullable(),
  changes: z.array(z.strictObject({ auditID: auditIDSchema, act: actSchema, suggestion: suggestionSchema.nullable(), seen: z.int().min(0) })).min(1).max(100_000),
}) as z.ZodType<LabelBatch>

export const stackBody = z.strictObject({
  /** The act expected on top. */
  batch: idSchema,
  /** Of the act that this makes; where it is given, sending this twice does it once. */
  id: z.uuid().optional(),
  assignment: idSchema.nullable().default(null),
  /** Requests that another has labelled since: refuse all, or leave those as they are. */
  changed: z.enum(['refuse', 'leave']).default('refuse'),
})

export const labelsQuery = z.object({ since: z.coerce.number().int().min(0).default(0), assignment: idSchema.optional() })
export const suggestionsBody = z.strictObject({ model: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'not a model').optional() })
/** `have`: the reconstruction whose columns the asker holds already. */
export const suggestionsQuery = z.object({ have: idSchema.optional() })
export const historyQuery = z.object({ auditID: z.string().max(512).default(''), assignment: idSchema.optional() })
