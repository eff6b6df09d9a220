import { z } from 'zod'
import { AuditweaveError } from '@/lib/audit/errors'
import { treeNodeSchema } from './tree/named-tree'

/** The optional file of a model folder that says what the model looks at. */
export const EXPLANATION_FILE = 'explanation.json'

const share = z.number()
const spreadSchema = z.strictObject({ mean: share, deviation: z.number().min(0), values: z.array(share).max(100) })
const importanceSchema = z.strictObject({ name: z.string().max(256), kind: z.enum(['event', 'link']), features: z.int().min(1), accuracy: spreadSchema, macroF1: spreadSchema, confidence: spreadSchema })
const reportSchema = z.strictObject({
  whole: z.strictObject({ accuracy: share, macroF1: share, confidence: share }),
  lines: z.int().min(0),
  repeats: z.int().min(1),
  seed: z.int().min(0),
  features: z.array(importanceSchema).max(1024),
  groups: z.array(importanceSchema).max(1024),
})
const fidelitySchema = z.strictObject({ accuracy: share, macroF1: share, lines: z.int().min(0) })
const treeSchema = z.strictObject({
  root: treeNodeSchema,
  leaves: z.int().min(1),
  depth: z.int().min(0),
  lines: z.int().min(0),
  verdicts: z.int().min(0),
  labels: z.int().min(0),
  context: z.array(z.int()).max(16),
  fidelity: fidelitySchema,
  truth: fidelitySchema.nullable(),
})

export const explanationSchema = z.strictObject({
  format: z.literal('auditweave-explanation'),
  version: z.literal(1),
  /** Name and time of the model it is of: another one under the same name has another time. */
  model: z.strictObject({ name: z.string().max(64), created: z.string().max(40) }),
  data: z.strictObject({ name: z.string(), sha256: z.string(), lines: z.int().min(0) }),
  /** Whether the model had not seen the lines that importance and fidelity are taken on. */
  heldOut: z.boolean(),
  created: z.iso.datetime(),
  importance: reportSchema.nullable(),
  tree: treeSchema.nullable(),
})
/** What a model looks at: importance of its features, and the tree that repeats it. */
export type ModelExplanation = z.infer<typeof explanationSchema>

/** @throws AuditweaveError 'bad-explanation' */
export function parseExplanation(text: string): ModelExplanation {
  let value: unknown = null
  try {
    value = JSON.parse(text)
  } catch {
    // Left null: the schema says what is wrong with it.
  }
  const parsed = explanationSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AuditweaveError('bad-explanation', `The model's ${EXPLANATION_FILE} is not usable: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}. Make it again with auditweave model importance --save.`)
}

/** Whether an explanation or sample is of this very model. */
export function isOf(about: { readonly model: ModelExplanation['model'] }, manifest: { readonly name: string; readonly created: string }): boolean {
  return about.model.name === manifest.name && about.model.created === manifest.created
}
