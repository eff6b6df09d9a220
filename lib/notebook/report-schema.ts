import { z } from 'zod'
import { axisValueSchema } from '@/lib/experiments/points'
import type { Finding, Report, ReportBody, ReportItem } from '@/lib/experiments/report/report-types'

const text = z.string().max(20_000)
const flag = z.boolean()
const value = z.strictObject({ run: text, number: z.int(), seed: z.int(), value: z.number() })
const summary = { mean: z.number(), deviation: z.number().nullable(), values: z.array(value) }
const scale = z.strictObject({ measure: text.optional(), title: text, unit: text.nullable(), scale: z.enum(['linear', 'log', 'point']), domain: z.tuple([z.number(), z.number()]).nullable() })
const axis = z.strictObject({ title: text, values: z.array(axisValueSchema) })
const series = { key: text, title: text }

const table = z.strictObject({
  kind: z.literal('table'), heads: z.array(text),
  columns: z.array(z.strictObject({ ...series, measure: text, published: flag, protocol: text.nullable() })),
  rows: z.array(z.strictObject({ key: text, head: z.array(axisValueSchema), cells: z.array(z.strictObject(summary).nullable()) })),
})
const lines = z.strictObject({ kind: z.literal('lines'), x: scale, y: scale, series: z.array(z.strictObject({ ...series, published: flag, points: z.array(z.strictObject({ x: axisValueSchema, ...summary })) })) })
const heat = z.strictObject({ kind: z.literal('heat'), x: axis, y: axis, value: scale, cells: z.array(z.strictObject({ x: axisValueSchema, y: axisValueSchema, published: z.number().nullable(), ...summary })) })
const strips = z.strictObject({ kind: z.literal('strips'), value: scale, strips: z.array(z.strictObject({ k: z.number(), fold: z.number(), from: z.number(), to: z.number(), ...summary })) })
const bars = z.strictObject({
  kind: z.literal('bars'), horizontal: flag, value: scale, category: z.strictObject({ title: text }),
  series: z.array(z.strictObject({ ...series, published: flag, bars: z.array(z.strictObject({ category: axisValueSchema, title: text, ...summary })) })),
  baseline: z.strictObject(summary).nullable(),
})
const scatter = z.strictObject({ kind: z.literal('scatter'), x: scale, y: scale, series: z.array(z.strictObject({ ...series, marks: z.array(z.strictObject({ x: z.number(), y: z.number(), title: text, runs: z.array(value) })) })) })

/** A table or figure of a report, as outputs of cells keep it. */
export const reportBodySchema = z.discriminatedUnion('kind', [table, lines, heat, strips, bars, scatter]) satisfies z.ZodType<ReportBody>
export const reportItemSchema = z.strictObject({ id: text, title: text, caption: text, protocol: text, body: reportBodySchema }) satisfies z.ZodType<ReportItem>
const finding = z.strictObject({ title: text, measured: text, expected: text, verdict: z.enum(['holds', 'fails', 'open']) }) satisfies z.ZodType<Finding>

const source = z.strictObject({ launch: text, scale: text, dataset: z.strictObject({ name: text, version: z.int(), sha256: text.nullable() }), at: text })

/** A report, or what a cell shows of it. */
export const reportSchema = z.strictObject({
  experiment: text, title: text, question: text, reproduces: text.nullable(), source: source.nullable(), runs: z.int(), published: z.strictObject({ source: text }),
  items: z.array(reportItemSchema), findings: z.array(finding), notes: z.array(text),
}) satisfies z.ZodType<Report>
