import { z } from 'zod'
import { SLOTS } from '@/lib/contexts/candidates'
import { confidenceMapSchema } from '../confidence-map'
import { MODEL_NAME } from '../model-name'
import { heldOutSchema } from '../protocol'
import { anyNetworkSchema } from '../network-schema'
import { linkedCoderSchema } from './linked-coder'
import { LINKED_FEATURES } from './linked-lines'
import { linkedSettingsSchema, linkedShapeSchema } from './linked-settings'
import { codeSizes } from './linked-vocabulary'
import { LINKED_HEADS, SOURCES } from './linked-target'

/** `model.json` of the linked network: all that is needed to use its weights and to tell where they come from. */
export const linkedManifestSchema = z.strictObject({
  format: z.literal('auditweave-model'),
  version: z.literal(1),
  family: z.literal('linked'),
  name: z.string().regex(MODEL_NAME),
  created: z.iso.datetime(),
  preset: z.string().max(64),
  network: anyNetworkSchema,
  shape: linkedShapeSchema,
  /** Known values in code order; 0 is missing and 1 unknown, so `vocabulary[i]` has code i + 2. */
  features: z.array(z.strictObject({ name: z.string().max(128), vocabulary: z.array(z.string()).max(65_533) })).min(1).max(1024),
  /** Where the network looks for triggers, in the order of its first head. */
  slots: z.array(z.string().max(64)).max(64),
  labels: linkedCoderSchema,
  inference: z.strictObject({ stride: z.int().min(1).max(1024), confidence: confidenceMapSchema.optional() }),
  data: z.strictObject({ name: z.string(), sha256: z.string(), lines: z.int().min(0) }),
  protocol: heldOutSchema,
  settings: linkedSettingsSchema,
  engine: z.string(),
  metrics: z.record(z.string(), z.number()),
  notes: z.string(),
}).superRefine((model, context) => {
  const wrong = (message: string): void => context.addIssue({ code: 'custom', message })
  const { network, features, labels } = model
  const odd = features.find(({ name }) => !LINKED_FEATURES.includes(name))
  if (odd) wrong(`the feature "${odd.name}" is unknown here, so the model is of a newer version`)
  if (new Set(features.map(({ name }) => name)).size !== features.length) wrong('a feature is listed twice')
  for (const { name, vocabulary } of features) if (new Set(vocabulary).size !== vocabulary.length) wrong(`the vocabulary of ${name} lists a value twice`)
  if (model.slots.join() !== SLOTS.join()) wrong(`the network points at ${model.slots.join(', ')}, which is not what links offer here (${SLOTS.join(', ')})`)
  const [first] = network.layers
  const sizes = codeSizes(features.map(({ vocabulary }) => vocabulary))
  if (first?.kind !== 'embedding' || network.features !== features.length || first.sizes.join() !== sizes.join()) wrong('the network does not take the features listed')
  if (network.heads !== LINKED_HEADS.length || network.headSizes?.join() !== [SOURCES, labels.resources.length, labels.actions.length].join()) wrong('the heads of the network do not fit the labels listed')
})
export type LinkedManifest = z.infer<typeof linkedManifestSchema>
