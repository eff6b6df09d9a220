import { beforeAll, describe, expect, test } from 'vitest'
import { fileURLToPath } from 'node:url'
import { readAudit } from '@/lib/audit/read'
import { openSource } from '@/lib/audit/source.node.ts'
import { readRecords } from '@/lib/contexts/read-records'
import type { Engine, Weights } from '@/lib/engine/types'
import { loadWasmEngine } from '@/lib/engine/wasm/engine.node.ts'
import { makeLabel } from '@/lib/labels/codec'
import { holdoutsOf } from './holdouts'
import { LinkedCorpus } from './linked-corpus'
import { runLinked, type Holdout, type LinkedRunResult } from './linked-run'
import { LINKED_PRESET, linkedSettingsSchema } from './linked-settings'
import { logVariant } from './log-variants'
import type { RequestTruth } from './linked-target'

const folder = fileURLToPath(new URL('../../../datasets/incidents-a/', import.meta.url))
const VARIANTS = ['logged', 'metadata'].map(logVariant)
/** A quick form of the preset: the figures of the whole one are `npm run bench generalisation`'s. */
const SETTINGS = linkedSettingsSchema.parse({ ...LINKED_PRESET.settings, epochs: 2, steps: 40, batch: 8, leastSeen: 3, seed: 1 })
const SHAPE = { ...LINKED_PRESET.shape, window: 64, units: 32 }

let engine: Engine
let corpus: LinkedCorpus
let truth: Map<string, RequestTruth>

beforeAll(async () => {
  engine = await loadWasmEngine({ threads: 2 })
  const records = await readRecords(openSource(`${folder}truth.jsonl.gz`), 'truth')
  truth = new Map(records.map((record) => {
    const label = record.label as Parameters<typeof makeLabel>[0] | null
    return [String(record.auditID), { role: record.role, context: record.context, label: label ? makeLabel(label) : null } as RequestTruth]
  }))
  corpus = new LinkedCorpus({}, VARIANTS)
  for await (const batch of readAudit(openSource(`${folder}audit.jsonl.gz`)).events) corpus.add(batch)
}, 60_000)

const run = (more: { threads?: number; test?: number; holdout?: Holdout; settings?: Partial<typeof SETTINGS> } = {}): Promise<LinkedRunResult> => runLinked({
  engine, corpus, truth, shape: SHAPE, settings: { ...SETTINGS, ...more.settings }, protocol: 'blocked', split: { test: more.test ?? 0.1, validation: 0.1 }, stride: 48, threads: more.threads ?? 2,
  ...(more.holdout ? { holdout: more.holdout } : {}),
})
const scores = ({ forms }: LinkedRunResult, form: string) => forms.find((one) => one.form === form)!.scores

describe('what the linked network learns holds', () => {
  test('on the last third of a log', async () => {
    const result = await run({ test: 1 / 3 })
    expect(scores(result, 'logged').lines).toBeGreaterThan(1000)
    expect(scores(result, 'logged').contextAccuracy).toBeGreaterThan(0.97)
    expect(scores(result, 'metadata').contextAccuracy).toBeGreaterThan(0.95)
  }, 120_000)

  test.each(['user', 'namespace'] as const)('for a %s that it has never seen', async (kind) => {
    const [logged] = corpus.tables()
    const [holdout] = holdoutsOf(logged!.table, truth, kind, 1)
    const result = await run({ holdout: holdout!.holds })
    expect(result.answers.length).toBeGreaterThan(100)
    expect(result.answers.every((answer) => answer.inContext)).toBe(true)
    expect(scores(result, 'logged').contextAccuracy).toBeGreaterThan(0.97)
    expect(scores(result, 'logged').macroF1).toBeGreaterThan(0.9)
    expect(scores(result, 'metadata').contextAccuracy).toBeGreaterThan(0.95)
  }, 120_000)

  test('and is learnt: a network that has hardly trained is unsure, and takes background for consequences', async () => {
    const [hardly, trained] = [await run({ settings: { epochs: 1, steps: 1 } }), await run()]
    const loss = ({ trained: { epochs } }: LinkedRunResult): number => epochs.at(-1)!.validationLoss
    expect(loss(hardly)).toBeGreaterThan(3 * loss(trained))
    expect(scores(hardly, 'logged').roleAccuracy).toBeLessThan(0.97)
    expect(scores(trained, 'logged').roleAccuracy).toBeGreaterThan(0.99)
  }, 60_000)
})

test('the same seed gives the same weights with one thread and with two', async () => {
  const settings = { epochs: 1, steps: 4 }
  const [one, two, other] = [await run({ threads: 1, settings }), await run({ threads: 2, settings }), await run({ threads: 2, settings: { ...settings, seed: 2 } })]
  const bits = (weights: Weights) => [...weights].map(([name, tensor]) => [name, Buffer.from(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength).toString('base64')])
  expect(bits(one.weights)).toEqual(bits(two.weights))
  expect(bits(other.weights)).not.toEqual(bits(two.weights))
  expect(one.forms).toEqual(two.forms)
}, 120_000)
