import { z } from 'zod'
import { reportBodySchema, reportSchema } from './report-schema'

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

const plot = z.strictObject({
  kind: z.literal('plot'), title: named, x: named, y: named,
  /** Figures of runs; null where an answer is drawn. */
  body: reportBodySchema.nullable(), protocol: z.string().max(2000),
  /** Or of an answer: one bar a name, or verbs over time. */
  bars: z.array(tally), overTime: overTime.nullable(),
})

export const RUN_STATES = ['queued', 'running', 'done', 'failed', 'stopped'] as const

const launchedRun = z.strictObject({ id: named, number: z.int(), name: named, protocol: named, seed: z.int(), state: z.enum(RUN_STATES) })
export type LaunchedRun = z.infer<typeof launchedRun>

const launch = z.strictObject({
  kind: z.literal('launch'),
  /** Null where none was made: then the report shows published figures alone. */
  id: named.nullable(),
  experiment: named, title: named, scale: named, dataset: named,
  /** Runs by state, all of them; `runs` holds the first few hundred. */
  counts: z.record(z.enum(RUN_STATES), z.int()), runs: z.array(launchedRun), listed: z.boolean(),
  /** What the cell asks for of it. */
  report: reportSchema, seeds: z.array(z.int()), engines: z.array(named),
})

const interval = z.strictObject({ value: z.number(), low: z.number(), high: z.number(), p: z.number() })
/** Two runs, by number, on the lines that both answered; differences are the second's less the first's. */
const linePair = z.strictObject({
  a: z.int(), b: z.int(), ids: z.tuple([named, named]),
  /** Why they cannot be compared line by line; else the figures. */
  reason: z.string().max(2000).nullable(),
  figures: z.strictObject({ lines: z.int(), accuracy: z.tuple([z.number(), z.number()]), onlyA: z.int(), onlyB: z.int(), byLines: interval, byContexts: interval, contexts: z.int(), mcNemar: z.number() }).nullable(),
  warnings: z.array(z.string().max(2000)),
})
export type LinePair = z.infer<typeof linePair>

const comparison = z.strictObject({
  kind: z.literal('comparison'),
  runs: z.array(z.strictObject({ id: named, number: z.int(), label: named, protocol: named })), more: z.int(),
  rows: z.array(z.strictObject({ measure: named, values: z.array(figure) })),
  lines: z.array(linePair),
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
