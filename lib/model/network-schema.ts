import { z } from 'zod'

const units = z.int().min(1).max(4096)
const rate = z.number().min(0).lt(1)
const classes = z.int().min(2).max(65_536)

const layerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bilstm'), units }),
  z.strictObject({ kind: z.literal('batchNorm'), momentum: rate, epsilon: z.number().positive() }),
  z.strictObject({ kind: z.literal('dropout'), rate }),
  z.strictObject({ kind: z.literal('dense'), units: z.int().min(1).max(65_536), activation: z.enum(['linear', 'relu', 'gelu']) }),
  z.strictObject({ kind: z.literal('embedding'), sizes: z.array(z.int().min(1).max(65_536)).min(1).max(1024), dimension: z.int().min(1).max(256) }),
  z.strictObject({ kind: z.literal('featureDropout'), rate }),
  z.strictObject({ kind: z.literal('layerNorm'), epsilon: z.number().positive() }),
  z.strictObject({ kind: z.literal('add'), from: z.int().min(0).max(63) }),
])

const lossSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('crossEntropy') }),
  z.strictObject({ kind: z.literal('focal'), gamma: z.number().min(0), alpha: z.number().positive() }),
])

/** A network as a model folder may hold it: bounded, so that a hostile file cannot ask for more memory than there is. */
export const anyNetworkSchema = z.strictObject({
  features: z.int().min(1).max(1024),
  window: z.int().min(1).max(1024),
  layers: z.array(layerSchema).min(1).max(64),
  heads: z.int().min(1).max(16),
  classes,
  headSizes: z.array(classes).max(16).optional(),
  loss: lossSchema,
})
