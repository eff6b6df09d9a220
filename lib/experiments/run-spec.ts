import { z } from 'zod'
import { ENGINE_CHOICES } from '@/lib/engine/registry/optional'
import { networkChangesSchema } from '@/lib/model/presets'
import { VOTES } from '@/lib/model/vote'

/** How lines are held out: the paper's leaking split, blocks of the log, another data set altogether, or as a split says that is stored with the data set. */
export const PROTOCOLS = ['paper', 'blocked', 'transfer', 'stored'] as const
export type Protocol = (typeof PROTOCOLS)[number]

/** A split of the data set by name, of one of its versions; the newest that has one of this name where none is named. */
export const splitNameSchema = z.strictObject({ name: z.string().min(1).max(200), version: z.int().min(1).optional() })
export type SplitName = z.infer<typeof splitNameSchema>

export const foldSchema = z.strictObject({ k: z.int().min(2).max(100), fold: z.int().min(1).max(100) })
export type FoldPlace = z.infer<typeof foldSchema>

/** What one training is scored on beside its metrics; each gives points on the axis of its name. */
export const runMeasuresSchema = z.strictObject({
  /** Axis `vote`. */
  votes: z.array(z.enum(VOTES)).min(1).optional(),
  /** Axis `inferStride`. */
  inferStrides: z.array(z.int().min(1).max(1024)).min(1).max(32).optional(),
  /** Axis `form`: the other forms in which the log might have been written. */
  forms: z.literal(true).optional(),
})
export type RunMeasures = z.infer<typeof runMeasuresSchema>

/**
 * Everything that decides a run's result. The same spec on the same data version gives the same weights:
 * it is stored with the run, shown on its page and copied by "clone".
 */
export const runSpecSchema = z.strictObject({
  preset: z.string().min(1).max(64),
  protocol: z.enum(PROTOCOLS),
  seed: z.int().min(0).max(2 ** 31 - 1),
  /** How many API lines from the start of the data set take part; null is all. */
  lines: z.int().positive().nullable(),
  window: z.int().min(2).max(1024),
  /** Lines between the starts of training windows; the paper's is 1. */
  stride: z.int().min(1).max(1024),
  /** `random`: training windows begin at other lines in each epoch, `stride` apart. Fixed where absent. */
  phase: z.enum(['fixed', 'random']).optional(),
  /** Lines between the starts of windows at inference. */
  inferStride: z.int().min(1).max(1024),
  batch: z.int().min(1).max(1024),
  epochs: z.int().min(1).max(10_000),
  learningRate: z.number().positive().max(1),
  earlyStoppingPatience: z.int().min(1),
  reducePatience: z.int().min(1),
  reduceFactor: z.number().positive().max(1),
  split: z.strictObject({ test: z.number().min(0.01).max(0.9), validation: z.number().min(0.01).max(0.9) }),
  vote: z.enum(VOTES),
  /** Stops training (best weights kept) after this many seconds; null is no limit. Part of the spec as it can decide the result. */
  maxSeconds: z.number().positive().nullable(),
  /** Features, or groups of them (`feature-groups.ts`), that the network does not see. */
  omitFeatures: z.array(z.string()).max(64),
  /** Where the network differs from its preset's, as a tuner has it. */
  network: networkChangesSchema.optional(),
  /** `auto` where absent: the engines agree to rounding, so two may end with slightly other weights. */
  engine: z.enum(ENGINE_CHOICES).optional(),
  /** Of the transfer protocol: the data set, by name, that scores what was learnt on all of the other. */
  scoredOn: z.string().min(1).max(200).optional(),
  /** Of the blocked protocol: tests on the `fold`-th (from 1) of k contiguous blocks instead of on the last lines. */
  fold: foldSchema.optional(),
  /** Of the stored protocol: which request is in which part. */
  storedSplit: splitNameSchema.optional(),
  /** Further points from the one training. */
  measure: runMeasuresSchema.optional(),
})
export type RunSpec = z.infer<typeof runSpecSchema>

/** What a part of a run took: processor time of all threads, and the peak of the process's memory by its end. */
export const phaseSchema = z.strictObject({ phase: z.string().max(32), wallSeconds: z.number(), cpuSeconds: z.number(), peakMemoryBytes: z.number() })
export type PhaseTiming = z.infer<typeof phaseSchema>

/** Seconds by phase, wall clock. `inferMillisPerLine` is model time plus decoding and vote, divided by lines (paper, Table 6). */
export const timingsSchema = z.strictObject({
  loadSeconds: z.number(),
  preprocessSeconds: z.number(),
  trainSeconds: z.number(),
  inferSeconds: z.number(),
  inferMillisPerLine: z.number(),
  totalSeconds: z.number(),
  cpuSeconds: z.number(),
  peakMemoryBytes: z.number(),
  /** Absent in runs of earlier versions. */
  phases: z.array(phaseSchema).optional(),
})
export type RunTimings = z.infer<typeof timingsSchema>

/**
 * Figures on the test lines, flat so that each is a column. `window…` scores every position of every test window (what
 * the paper's F1 counts), `line…` scores each test line once, after the vote. `…PartsF1` is macro F1 over the values of
 * the five label parts, the paper's "adapted" F1 (section 6.1.3); `…MacroF1` and `…WeightedF1` are over whole labels.
 */
export const runMetricsSchema = z.strictObject({
  windowPartsF1: z.number(),
  windowMacroF1: z.number(),
  windowWeightedF1: z.number(),
  windowAccuracy: z.number(),
  linePartsF1: z.number(),
  lineMacroF1: z.number(),
  lineWeightedF1: z.number(),
  lineAccuracy: z.number(),
  lineResourceAccuracy: z.number(),
  lineSubresourceAccuracy: z.number(),
  lineNamespacedAccuracy: z.number(),
  lineSingleAccuracy: z.number(),
  lineVerbAccuracy: z.number(),
  lineKappa: z.number(),
  calibrationError: z.number(),
  bestEpoch: z.int(),
  epochs: z.int(),
  parameters: z.int(),
  classes: z.int(),
  trainWindows: z.int(),
  validationWindows: z.int(),
  testWindows: z.int(),
  testLines: z.int(),
  /** Share of test lines that also stand in a training window: the paper's protocol leaks here. */
  leakedTestLines: z.number(),
  /** Best of the epochs, over label parts: what a search goes by. Absent in runs of earlier versions. */
  validationAccuracy: z.number().optional(),
  /** Of the linked network alone: its parts, and other forms of the test lines. */
  contextAccuracy: z.number().optional(),
  roleAccuracy: z.number().optional(),
  metadataAccuracy: z.number().optional(),
  metadataMacroF1: z.number().optional(),
  writesAccuracy: z.number().optional(),
  agentsAccuracy: z.number().optional(),
  linksAccuracy: z.number().optional(),
})
export type RunMetrics = z.infer<typeof runMetricsSchema>

export const classResultSchema = z.strictObject({
  label: z.string(),
  code: z.number().nullable(),
  support: z.int(),
  predicted: z.int(),
  precision: z.number(),
  recall: z.number(),
  f1: z.number(),
})
export type ClassResult = z.infer<typeof classResultSchema>

/** One cell of the sparse confusion matrix: label keys and a count above zero. */
export const confusionCellSchema = z.strictObject({ truth: z.string(), predicted: z.string(), count: z.int().positive() })
export type ConfusionCell = z.infer<typeof confusionCellSchema>

export const environmentSchema = z.strictObject({
  engine: z.string(),
  threads: z.int(),
  cpu: z.string(),
  cores: z.int(),
  memoryBytes: z.number(),
  platform: z.string(),
  node: z.string(),
  loadAverage: z.number(),
  hostname: z.string(),
  version: z.string(),
  /** Which engine computed and why, e.g. that another one was asked for and failed. */
  engineNotes: z.array(z.string()).optional(),
})
export type RunEnvironment = z.infer<typeof environmentSchema>
