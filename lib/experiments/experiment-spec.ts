import { z } from 'zod'
import { PROTOCOLS, runSpecSchema } from './run-spec'
import { searchSchema } from './search/search-spec'

export const SCALES = ['smoke', 'quick', 'paper'] as const
export type Scale = (typeof SCALES)[number]

/** One value of an axis may change several settings at once, as stride does with the window. */
const axisValueSchema = z.union([z.number(), z.string()])

const scaleSchema = z.strictObject({
  /** What every run of this scale shares, over the preset's own settings. */
  base: runSpecSchema.partial(),
  axes: z.partialRecord(z.enum(['window', 'protocol']), z.array(axisValueSchema).min(1)),
  /** Settings that follow from the window, where a scale trades stride against time. */
  byWindow: z.record(z.string(), runSpecSchema.partial()).optional(),
  seeds: z.array(z.int().min(0)).min(1),
  /** Makes the experiment a search: its runs follow from one another instead of from axes alone. */
  search: searchSchema.optional(),
  /** Said on the launch form; a measured figure, with the machine it was measured on. */
  expectedMinutes: z.number().positive(),
})

const publishedSchema = z.strictObject({
  source: z.string(),
  x: z.literal('window'),
  points: z.array(z.strictObject({ x: z.number(), f1: z.number(), f1Sd: z.number(), seconds: z.number(), secondsSd: z.number(), inferMillis: z.number().nullable() })),
})
export type Published = z.infer<typeof publishedSchema>

/** A declarative experiment: what is swept or searched, at which scales, what the report shows and which published figure stands beside it. */
export const experimentSpecSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  title: z.string(),
  question: z.string(),
  reproduces: z.string(),
  /** Data set used when none is named. */
  dataset: z.string(),
  preset: z.string(),
  protocols: z.array(z.enum(PROTOCOLS)).min(1),
  scales: z.strictObject({ smoke: scaleSchema, quick: scaleSchema, paper: scaleSchema }),
  published: publishedSchema,
  /** Why ours differs from the published figures; shown under the report. */
  notes: z.array(z.string()),
})
export type ExperimentSpec = z.infer<typeof experimentSpecSchema>

export function isSearch(spec: ExperimentSpec): boolean {
  return SCALES.some((scale) => spec.scales[scale].search !== undefined)
}
