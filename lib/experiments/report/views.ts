import { z } from 'zod'
import { axisValueSchema } from '../points'

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/)
const axis = z.string().max(64)
const measure = z.string().max(64)
/** Only points that stand here: one value or any of several, by axis. */
const where = z.record(axis, z.union([axisValueSchema, z.array(axisValueSchema)]))
const common = { id, title: z.string(), caption: z.string().optional(), where: where.optional() }

const columnSchema = z.strictObject({
  measure,
  /** Narrows the view's own `where`, e.g. to a protocol. */
  where: where.optional(),
  title: z.string().optional(),
  /** The published value of the same measure at the same place instead of ours. */
  published: z.boolean().optional(),
})

/** What a report shows. Every cell and mark keeps the runs behind it. */
export const viewSchema = z.discriminatedUnion('kind', [
  /** One row for each value (or combination) of the axes in `rows`. */
  z.strictObject({ kind: z.literal('table'), ...common, rows: z.array(axis).min(1), columns: z.array(columnSchema).min(1) }),
  /** One line a value of the axis `series`, mean and deviation over repetitions; the published series beside. */
  z.strictObject({ kind: z.literal('lines'), ...common, x: axis, measure, series: axis.optional(), xScale: z.enum(['linear', 'log', 'point']).optional(), yScale: z.enum(['linear', 'log']).optional(), published: z.boolean().optional() }),
  /** A cell for each pair of values, coloured by the mean. */
  z.strictObject({ kind: z.literal('heat'), ...common, x: axis, y: axis, measure, published: z.boolean().optional() }),
  /** Figure 8: one bar for each k, cut into k parts in log order, coloured by the fold's value. */
  z.strictObject({ kind: z.literal('strips'), ...common, k: axis, fold: axis, measure }),
  /** One bar a category; sorted by value where asked; `baseline` is the category that the others are told against. */
  z.strictObject({ kind: z.literal('bars'), ...common, category: axis, measure, series: axis.optional(), sort: z.enum(['value', 'given']).optional(), baseline: axisValueSchema.optional(), horizontal: z.boolean().optional(), published: z.boolean().optional(), yScale: z.enum(['linear', 'log']).optional() }),
  /** Figure 9: a mark a label, its weight on a logarithmic axis against its recall, from the per-class results of runs. */
  z.strictObject({ kind: z.literal('classes'), ...common, series: axis.optional() }),
  /** Trials of a search and what was best when. */
  z.strictObject({ kind: z.literal('trials'), ...common }),
  /** Rounds of an elimination: what was dropped, and the measure after it. */
  z.strictObject({ kind: z.literal('rounds'), ...common, measure }),
])
export type View = z.infer<typeof viewSchema>

/** What is expected of the figures; a finding says whether it holds, with the numbers. */
export const checkSchema = z.discriminatedUnion('kind', [
  /** Ours lies within so many published deviations of the published mean, at every place from `from` on. */
  z.strictObject({ kind: z.literal('within'), measure, axis, from: z.number().optional(), deviations: z.number().positive(), where: where.optional() }),
  /** Spearman's rank correlation with the published column is at least this. */
  z.strictObject({ kind: z.literal('rank'), measure, axis, atLeast: z.number().min(-1).max(1), where: where.optional() }),
  /** The measure grows (or falls) along the axis: Spearman with the axis itself. */
  z.strictObject({ kind: z.literal('trend'), measure, axis, direction: z.enum(['rises', 'falls']), atLeast: z.number().min(0).max(1), where: where.optional() }),
  /** The mean at one place is above the mean at another, by at least `by`. */
  z.strictObject({ kind: z.literal('above'), measure, better: where, worse: where, by: z.number() }),
  /** Labels come out right the oftener, the more lines they have: Spearman of recall with weight over labels. */
  z.strictObject({ kind: z.literal('weight'), atLeast: z.number().min(-1).max(1), where: where.optional() }),
])
export type Check = z.infer<typeof checkSchema>
