import { z } from 'zod'

const figure = z.number().nullable()
const named = z.string().max(600)

const answerRow = z.strictObject({
  /** The context's or the event's id. */
  id: named, micros: figure, user: named.nullable(), verb: named.nullable(), kind: named, object: named, code: figure, events: figure, role: named.nullable(),
})
export type AnswerRow = z.infer<typeof answerRow>

const tally = z.strictObject({ value: named, count: z.int() })
const overTime = z.strictObject({ fromMicros: z.number(), stepMicros: z.number(), verbs: z.array(named), counts: z.array(z.array(z.int())) })

const answer = z.strictObject({
  kind: z.literal('answer'), of: z.enum(['contexts', 'events']), datasetId: named, dataset: named, total: z.int(), rows: z.array(answerRow),
  /** Every match as a point, of the first few hundred. */
  points: z.array(answerRow), overTime: overTime.nullable(),
  tallies: z.record(z.string(), z.array(tally)), largest: answerRow.nullable(), last: answerRow.nullable(),
})

const plotValue = z.strictObject({ value: z.number(), label: named, run: named.nullable() })
const plotPoint = z.strictObject({ x: z.number(), y: z.number(), deviation: figure, values: z.array(plotValue) })
const plot = z.strictObject({
  kind: z.literal('plot'), title: named, x: named, y: named,
  /** Lines over a number, one a series. */
  series: z.array(z.strictObject({ label: named, published: z.boolean(), points: z.array(plotPoint) })),
  /** Or one bar a name, or verbs over time. */
  bars: z.array(tally), overTime: overTime.nullable(),
})

const launchedRun = z.strictObject({
  id: named, number: z.int(), name: named, protocol: named, window: figure, seed: z.int(), state: z.enum(['queued', 'running', 'done', 'failed', 'stopped']),
  windowPartsF1: figure, lineAccuracy: figure, trainSeconds: figure,
})
export type LaunchedRun = z.infer<typeof launchedRun>

const launch = z.strictObject({
  kind: z.literal('launch'), id: named, experiment: named, title: named, scale: named, dataset: named, createdAt: named, runs: z.array(launchedRun), more: z.int(),
})

const comparison = z.strictObject({
  kind: z.literal('comparison'),
  runs: z.array(z.strictObject({ id: named, number: z.int(), label: named, protocol: named })),
  rows: z.array(z.strictObject({ measure: named, values: z.array(figure) })),
})

const member = z.strictObject({ auditID: named, afterMs: figure, role: named, user: named.nullable(), verb: named.nullable(), kind: named, object: named, code: figure, why: named })
const context = z.strictObject({
  kind: z.literal('context'), id: named, datasetId: named, dataset: named, sentence: z.string().max(2000), label: named.nullable(), micros: figure, auditID: named, members: z.array(member), total: z.int(),
})

export const outputSchema = z.discriminatedUnion('kind', [answer, plot, launch, comparison, context])
export type Output = z.infer<typeof outputSchema>
export type OutputOf<K extends Output['kind']> = Extract<Output, { kind: K }>

/** What an output was made of. Each part is a fingerprint of what it names; another one tells that running again may give another output. */
export const madeOfSchema = z.strictObject({
  /** The cell's own text and options. */
  content: z.string(),
  dataset: z.strictObject({ name: named, version: z.int(), fingerprint: named }).nullable(),
  /** What labelled and linked the lines; null where no line was read. */
  model: named.nullable(),
  runs: z.strictObject({ count: z.int(), fingerprint: named }).nullable(),
  /** The output of each cell it was made from. */
  from: z.record(z.string(), z.string()),
})
export type MadeOf = z.infer<typeof madeOfSchema>

export const resultSchema = z.strictObject({
  /** Null when it failed. */
  output: outputSchema.nullable(),
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  made: madeOfSchema,
  ranAt: z.string(),
  seconds: z.number(),
})
export type CellResult = z.infer<typeof resultSchema>
export type Results = Readonly<Record<string, CellResult>>
