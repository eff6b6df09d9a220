import { z } from 'zod'

/** A value of an axis; text where it names something (a preset, a feature, a query). */
export const axisValueSchema = z.union([z.number(), z.string().max(200)])
export type AxisValue = z.infer<typeof axisValueSchema>

/**
 * One measurement: where it stands on the axes, and its figures by name (names in `measures.ts`). A run may yield any number of them, besides the figures
 * of its training; its own axes count for each of them.
 */
export const pointSchema = z.strictObject({
  axes: z.record(z.string().max(64), axisValueSchema),
  measures: z.record(z.string().max(64), z.number()),
})
export type Point = z.infer<typeof pointSchema>

/** A point of the paper: deviations by the same names where they are published. */
export const publishedPointSchema = pointSchema.extend({ deviations: z.record(z.string().max(64), z.number()).optional() })
export type PublishedPoint = z.infer<typeof publishedPointSchema>
