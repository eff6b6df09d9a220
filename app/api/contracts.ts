import { z } from 'zod'
import { ENGINE_CHOICES } from '@/lib/engine/registry/optional'
import { budgetSchema, earlyStopSchema, prioritySchema } from '@/lib/experiments/launch-options'
import { axisValueSchema } from '@/lib/experiments/points'
import { splitNameSchema } from '@/lib/experiments/run-spec'
import { SEARCH_METHODS } from '@/lib/experiments/search/search-spec'
import { SCALES } from '@/lib/experiments/spec/experiment-spec'
import { cellIdSchema, documentSchema, titleSchema } from '@/lib/notebook/cell'

/** What identifies a row: never a path, never longer than an address needs. */
export const idSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'not an id')
/** Names people give; they may stand in addresses. */
export const nameSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'use letters, digits, dots, dashes and underscores, at most 64')

/** What a file was called where it came from: shown again, never a path. */
const fileNameSchema = z.string().max(255).regex(/^(?!\.{1,2}$)[^/\\\p{Cc}]+$/u, 'not the name of a file')

/** A stored model's id, or the name of one that ships. */
export const modelParams = z.object({ id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'not a model') })
export const idParams = z.object({ id: idSchema })
export const nameParams = z.object({ name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'not a name of an experiment') })

export const importBody = z.union([
  z.strictObject({ shipped: nameSchema, name: nameSchema.optional() }),
  z.strictObject({
    name: nameSchema,
    uploadId: idSchema,
    uploadName: fileNameSchema,
    truthUploadId: idSchema.optional(),
    keepSecrets: z.boolean().optional(),
  }),
])

export const uploadQuery = z.object({ name: fileNameSchema })

export const eventsQuery = z.object({
  q: z.string().max(200).optional(),
  role: z.enum(['trigger', 'consequence', 'background', 'nonresource']).optional(),
  verb: z.string().max(40).optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})

/** How a launch is carried out, whatever it launches. */
const launchOptions = {
  priority: prioritySchema.optional(),
  budget: budgetSchema.optional(),
  /** Gives up runs that fall behind; `true` is by the usual rule. */
  earlyStop: z.union([z.literal(true), earlyStopSchema]).optional(),
}

export const launchBody = z.strictObject({
  dataset: idSchema,
  /** Of the transfer protocol: the data set that is scored on. */
  scoredOn: nameSchema.optional(),
  /** Holds lines out as a split of the data set says, whatever the experiment's own protocols. */
  storedSplit: splitNameSchema.optional(),
  scale: z.enum(SCALES),
  axes: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,63}$/, 'not an axis'), z.array(axisValueSchema).min(1).max(1000)).optional(),
  seeds: z.array(z.int().min(0).max(2 ** 31 - 1)).min(1).max(1000).optional(),
  /** From the start of the log; null is all, nothing said is the scale's own. */
  lines: z.int().min(100).max(10_000_000).nullable().optional(),
  epochs: z.int().min(1).max(10_000).optional(),
  engine: z.enum(ENGINE_CHOICES).optional(),
  /** Of a search, only these ways. */
  methods: z.array(z.enum(SEARCH_METHODS)).min(1).max(SEARCH_METHODS.length).optional(),
  ...launchOptions,
})

/** Every experiment at once: each on `dataset`, or on the one that it names itself. */
export const launchAllBody = z.strictObject({ dataset: idSchema.optional(), scoredOn: nameSchema.optional(), scale: z.enum(SCALES), ...launchOptions })
/** `failed`: runs that failed too. */
export const resumeBody = z.strictObject({ budget: budgetSchema.optional(), failed: z.boolean().optional() })
export const priorityBody = z.strictObject({ priority: prioritySchema })
export const launchNoteBody = z.strictObject({ note: z.string().max(2000) })

export const runsQuery = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(10_000).default(10_000),
})

export const RUN_ACTIONS = ['stop', 'resume', 'retry', 'clone', 'delete', 'pin', 'unpin'] as const
export const runActionBody = z.strictObject({ action: z.enum(RUN_ACTIONS), seed: z.int().min(0).max(2 ** 31 - 1).optional() })

export const MODEL_ACTIONS = ['default', 'publish', 'draft', 'archive', 'delete'] as const
export const modelActionBody = z.strictObject({ action: z.enum(MODEL_ACTIONS) })

export const streamQuery = z.object({ run: idSchema.optional(), after: z.coerce.number().int().min(-1).default(-1) })
export const searchQuery = z.object({ q: z.string().max(100).default('') })
export const sessionBody = z.strictObject({ token: z.string().min(1).max(512) })

/** A new notebook: empty, or from Markdown. */
export const notebookBody = z.strictObject({ title: titleSchema.optional(), markdown: z.string().max(2_000_000).optional(), name: z.string().max(255).optional() })
export const notebookSaveBody = z.strictObject({ title: titleSchema, document: documentSchema, revision: z.int().min(1) })
export const notebookRunBody = z.strictObject({ cell: cellIdSchema })
/** `md` is what `importMarkdown` reads again; `md-results` has the outputs too, for readers. */
export const NOTEBOOK_FORMATS = ['md', 'md-results', 'html', 'ipynb'] as const
export const notebookExportQuery = z.object({ format: z.enum(NOTEBOOK_FORMATS).default('md') })
/** 32 random bytes as base64url. */
export const shareTokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'not the address of a notebook')

/** Tags of a run or a model; a comma parts them where they are written in one line. */
export const tagsSchema = z.array(z.string().trim().min(1).max(64).regex(/^[^,\p{Cc}]+$/u, 'a tag holds no comma')).max(32).transform((tags) => [...new Set(tags)])
