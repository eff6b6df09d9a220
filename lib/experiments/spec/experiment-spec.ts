import { z } from 'zod'
import { axisValueSchema, publishedPointSchema } from '../points'
import { MEASUREMENTS } from '../measure-spec'
import { checkSchema, viewSchema } from '../report/views'
import { PROTOCOLS, runSpecSchema } from '../run-spec'
import { growthSchema } from './growth-spec'

export const SCALES = ['smoke', 'quick', 'paper'] as const
export type Scale = (typeof SCALES)[number]

/** Settings of a training or of a measurement, whichever the experiment's runs are; checked in full when the runs are unrolled. */
const settingsSchema = z.union([runSpecSchema.partial(), z.record(z.string(), z.json())])

export const scaleSchema = z.strictObject({
  /** What every run of this scale shares, over the preset's own settings. */
  base: settingsSchema,
  /** Swept axes by name (`axes.ts`), outermost first; runs are their product, less what is impossible (shares that leave no line). */
  axes: z.record(z.string(), z.array(axisValueSchema).min(1)),
  /** Settings that follow from an axis, e.g. the stride from the window: axis, then value. */
  by: z.record(z.string(), z.record(z.string(), settingsSchema)).optional(),
  /** Repetitions. */
  seeds: z.array(z.int().min(0)).min(1),
  /** The launch grows: runs follow from one another (Hyperband, random search, greedy elimination of features). */
  growth: growthSchema.optional(),
  /** A measured figure, on the machine that `docs/experiments.md` names. */
  expectedMinutes: z.number().positive(),
})
export type ScalePlan = z.infer<typeof scaleSchema>

/** A declarative experiment: what is swept, grown or measured, at which scales, what the report shows and which published figures stand beside it. */
export const experimentSpecSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  title: z.string(),
  question: z.string(),
  /** e.g. "Table 5"; null for ours. */
  reproduces: z.string().nullable(),
  /** Data set used when none is named. */
  dataset: z.string(),
  runs: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('train'), preset: z.string() }),
    z.strictObject({ kind: z.literal('measure'), measurement: z.enum(MEASUREMENTS) }),
  ]),
  /** Protocols its runs may follow; a measurement that trains nothing has none. */
  protocols: z.array(z.enum(PROTOCOLS)),
  scales: z.strictObject({ smoke: scaleSchema, quick: scaleSchema, paper: scaleSchema }),
  published: z.strictObject({ source: z.string(), points: z.array(publishedPointSchema) }),
  /** Tables and figures, in reading order. */
  views: z.array(viewSchema).min(1),
  /** What is expected of the figures, e.g. a rank correlation; each becomes a finding of the report. */
  checks: z.array(checkSchema),
  /** What differs from the published figures and why; shown under the report. */
  notes: z.array(z.string()),
})
export type ExperimentSpec = z.infer<typeof experimentSpecSchema>

export function isGrowing(spec: ExperimentSpec): boolean {
  return SCALES.some((scale) => spec.scales[scale].growth !== undefined)
}
