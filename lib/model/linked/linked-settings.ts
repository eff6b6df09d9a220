import { z } from 'zod'

/** The chosen parts of the network's shape; see `LinkedShape`. */
export const linkedShapeSchema = z.strictObject({
  window: z.int().min(2).max(1024),
  dimension: z.int().min(1).max(64),
  units: z.int().min(1).max(512),
  featureDropout: z.number().min(0).lt(1),
  dropout: z.number().min(0).lt(1),
})

/** What decides a training of the linked network besides its shape and the data. */
export const linkedSettingsSchema = z.strictObject({
  epochs: z.int().min(1).max(1000),
  /** Optimizer steps an epoch, each over `batch` chunks of W lines that begin anywhere. */
  steps: z.int().min(1).max(100_000),
  batch: z.int().min(1).max(1024),
  /** Falls to 0 along half a cosine. */
  learningRate: z.number().positive().max(1),
  clipNorm: z.number().positive(),
  /** A value seen fewer times is unknown. */
  leastSeen: z.int().min(1),
  seed: z.int().min(0).max(2 ** 31 - 1),
})
export type LinkedSettings = z.infer<typeof linkedSettingsSchema>

/** The preset `linked`, by its parts; the seed is the caller's. */
export const LINKED_PRESET = {
  name: 'linked',
  title: 'Linked network (default)',
  source: 'ours: learnt vectors, own action and link features; see docs/models.md',
  shape: { window: 128, dimension: 8, units: 64, featureDropout: 0.15, dropout: 0.3 },
  settings: { epochs: 10, steps: 80, batch: 16, learningRate: 2e-3, clipNorm: 1, leastSeen: 6 },
  split: { test: 0.1, validation: 0.1 },
  /** Lines between windows at inference. */
  stride: 96,
} as const
