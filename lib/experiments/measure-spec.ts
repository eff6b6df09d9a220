import { z } from 'zod'
import { LABEL_ORDERS } from './measurements/label-orders'

const shares = z.array(z.number().min(0).max(1)).min(1).max(32)
const lines = z.int().positive().nullable()
/** Repetitions of a timing; the median counts and the spread is told. */
const repetitions = z.int().min(1).max(1000)

/** How contexts are found: by links (with or without the default model) or by the paper's clusterers from given labels. */
export const CONTEXT_METHODS = ['linked', 'links', 'k8ntext', 'k8ntext-2024'] as const
export const contextMethodSchema = z.enum(CONTEXT_METHODS)

/** Runs that train nothing: each measures something of a data set and yields points. One kind a measurement, each a file of `measurements/`. */
export const measurementSchema = z.discriminatedUnion('measurement', [
  /** Table 6: time a line by window and preset; weights do not matter, so none are trained. */
  z.strictObject({ measurement: z.literal('inference-time'), lines, preset: z.string().max(64), window: z.int().min(2).max(1024), inferStride: z.int().min(1).max(1024), batch: z.int().min(1).max(1024), repetitions }),
  /** Table 7: queries of the paper, compiled over columns and, beside them, over parsed JSON. */
  z.strictObject({ measurement: z.literal('query-time'), lines, query: z.string().max(64), repetitions }),
  /** Section 7.3. */
  z.strictObject({ measurement: z.literal('storage'), lines, method: contextMethodSchema }),
  /** Figure 10: how many lines a label's contexts hold. `truth` takes the data set's own contexts. */
  z.strictObject({ measurement: z.literal('cluster-sizes'), lines, method: z.enum(['truth', ...CONTEXT_METHODS]) }),
  /** Wrong labels against contexts. */
  z.strictObject({ measurement: z.literal('label-noise'), lines, method: contextMethodSchema, shares }),
  /** Audit level and omitted reads against contexts and labels: every form of the log (`log-variants.ts`). */
  z.strictObject({ measurement: z.literal('level'), lines, method: contextMethodSchema }),
  /** Labels given against accuracy, by the order in which they are given; the learner is the linked network, with its rules or without them. */
  z.strictObject({
    measurement: z.literal('active-learning'), lines, order: z.enum(LABEL_ORDERS), rules: z.enum(['speaking', 'silent']),
    /** How many labels there are when a network is trained, growing. */
    labels: z.array(z.int().positive()).min(1).max(64).refine((counts) => counts.every((count, i) => i === 0 || count > (counts[i - 1] as number)), 'the counts of labels must grow'),
    /** Requests that are held back to score. */
    held: z.int().positive(),
    window: z.int().min(2).max(1024), units: z.int().min(1).max(512), steps: z.int().min(1).max(100_000), batch: z.int().min(1).max(1024), leastSeen: z.int().min(1),
  }),
])
export type Measurement = z.infer<typeof measurementSchema>
export type MeasurementName = Measurement['measurement']
export const MEASUREMENTS = ['inference-time', 'query-time', 'storage', 'cluster-sizes', 'label-noise', 'level', 'active-learning'] as const satisfies readonly MeasurementName[]

/** A run that measures; stored as a run's params, told from a training by its `kind`. */
export const measureSpecSchema = z.strictObject({ kind: z.literal('measure'), seed: z.int().min(0).max(2 ** 31 - 1), measure: measurementSchema })
export type MeasureSpec = z.infer<typeof measureSpecSchema>
