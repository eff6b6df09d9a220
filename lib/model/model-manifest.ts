import { z } from 'zod'
import { PAPER_FEATURES } from '@/lib/features/catalogue'
import { confidenceMapSchema } from './confidence-map'
import { HEADS, labelCoderSchema } from './label-coder'
import { DECODE_MODES } from './label-decode'
import { MODEL_NAME } from './model-name'
import { anyNetworkSchema } from './network-schema'
import { heldOutSchema } from './protocol'
import { trainingSettingsSchema } from './training-settings'
import { VOTES } from './vote'

export const MODEL_VERSION = 1

/** Networks of the windows family: five heads of the same classes. */
export const networkSchema = anyNetworkSchema.omit({ headSizes: true }).extend({ heads: z.literal(HEADS), classes: z.int().min(2).max(4096) })

const featureSchema = z.strictObject({
  name: z.enum(PAPER_FEATURES as [string, ...string[]]),
  /** Known values in code order; 0 is missing and 1 unknown, so `vocabulary[i]` has code i + 2. */
  vocabulary: z.array(z.string()).max(1_000_000),
})

/** The first of a model folder's two files, `model.json`: all that is needed to use the weights and to tell where they come from. */
export const modelManifestSchema = z.strictObject({
  format: z.literal('auditweave-model'),
  version: z.literal(MODEL_VERSION),
  /** Which kind of network: the paper's, over windows of 39 features, or ours over links (`linked/linked-manifest.ts`). */
  family: z.literal('windows').default('windows'),
  name: z.string().regex(MODEL_NAME),
  created: z.iso.datetime(),
  /** The preset that the network was built from. */
  preset: z.string().max(64),
  network: networkSchema,
  features: z.array(featureSchema).min(1),
  labels: labelCoderSchema,
  /** `confidence` as `fitNetworkConfidence` gives it; confidences are told raw where it is left out. */
  inference: z.strictObject({ stride: z.int().min(1), vote: z.enum(VOTES), decode: z.enum(DECODE_MODES), confidence: confidenceMapSchema.optional() }),
  data: z.strictObject({ name: z.string(), sha256: z.string(), lines: z.int().min(0) }),
  protocol: heldOutSchema,
  settings: trainingSettingsSchema,
  engine: z.string(),
  /** Figures on the test lines by name. */
  metrics: z.record(z.string(), z.number()),
  notes: z.string(),
}).superRefine((model, context) => {
  const wrong = (message: string): void => context.addIssue({ code: 'custom', message })
  if (model.features.length !== model.network.features) wrong(`the network takes ${model.network.features} features, ${model.features.length} are listed`)
  if (new Set(model.features.map((feature) => feature.name)).size !== model.features.length) wrong('a feature is listed twice')
  if (model.labels.ids.length !== model.network.classes) wrong(`the network has ${model.network.classes} classes, ${model.labels.ids.length} label ids are listed`)
  for (const feature of model.features) if (new Set(feature.vocabulary).size !== feature.vocabulary.length) wrong(`the vocabulary of ${feature.name} lists a value twice`)
})
export type ModelManifest = z.infer<typeof modelManifestSchema>
