import { describe, expect, it } from 'vitest'
import { judgedLines } from '@/lib/model/explain/held-out'
import { parseModel } from '@/lib/model/model-file'
import { decodeAnswers, encodeAnswers } from './answers-file'
import { executeRun } from './execute-run'
import type { LineAnswers } from './line-answers'
import { dataOf, sample, sampleDeps, tinySpec } from './testing/sample-run'

function accuracyOf({ want, got }: LineAnswers): number {
  return want.filter((label, i) => label === got[i]).length / want.length
}

/** What no run may lack. */
function expectWhole(answers: LineAnswers): void {
  expect(new Set(answers.auditIDs).size).toBe(answers.auditIDs.length)
  const kept = decodeAnswers(encodeAnswers(answers))
  expect([kept.auditIDs, kept.labels]).toEqual([answers.auditIDs, answers.labels])
}

describe('a network over windows', () => {
  it('tests each fold on its own block, and every line in one of them', async () => {
    const { table } = await dataOf(await sample).loadLines(null)
    const seen = new Map<string, number>()
    for (const fold of [1, 2, 3]) {
      const { metrics, answers, model } = await executeRun(tinySpec({ fold: { k: 3, fold }, epochs: 1 }), await sampleDeps())
      expect(judgedLines(parseModel(model.manifest, model.weights).manifest, { sha256: '', lines: table.lines })).toMatchObject({ test: { from: Math.round((table.lines * (fold - 1)) / 3), to: Math.round((table.lines * fold) / 3) }, heldOut: true })
      expect(metrics.leakedTestLines).toBe(0)
      expect(metrics.testLines).toBe(Math.round((table.lines * fold) / 3) - Math.round((table.lines * (fold - 1)) / 3))
      for (const auditID of answers.auditIDs) seen.set(auditID, (seen.get(auditID) ?? 0) + 1)
    }
    const labelled = new Set(table.auditIDs.filter((_, line) => (table.labelCodes[line] ?? -1) >= 0))
    expect(new Set(seen.keys())).toEqual(labelled)
  })

  it('is scored on the other data set in a transfer, with the vocabularies of the first', async () => {
    const spec = tinySpec({ protocol: 'transfer', scoredOn: 'others', omitFeatures: ['userAgent'] })
    const asked: string[] = []
    const deps = await sampleDeps()
    const { metrics, answers, model } = await executeRun(spec, { ...deps, loadScored: (name) => { asked.push(name); return deps.loadScored(name) } })
    const other = await (await deps.loadScored('')).loadLines(null)
    expect(asked).toEqual(['others'])
    expect(metrics).toMatchObject({ testLines: other.table.lines, leakedTestLines: 0 })
    expect(answers.auditIDs.every((id) => other.table.auditIDs.includes(id))).toBe(true)
    const { manifest } = parseModel(model.manifest, model.weights)
    expect(manifest.protocol).toEqual({ name: 'transfer', test: 0.1, validation: 0.1, scoredOn: 'others' })
    expect(manifest.features.map(({ name }) => name).filter((name) => name.startsWith('userAgent'))).toEqual([])
    await expect(executeRun(tinySpec({ protocol: 'transfer' }), deps)).rejects.toMatchObject({ code: 'no-scored-data' })
  })

  it('yields a point for every vote at every stride, the same as runs of their own', async () => {
    const spec = tinySpec({ measure: { votes: ['majority', 'weighted', 'probability'], inferStrides: [1, 6, 12, 40] } })
    const { points, metrics } = await executeRun(spec, await sampleDeps())
    expect(points.map(({ axes }) => `${axes.vote} ${axes.inferStride}`)).toEqual([1, 6, 12].flatMap((stride) => ['majority', 'weighted', 'probability'].map((vote) => `${vote} ${stride}`)))
    expect(points.find(({ axes }) => axes.vote === 'weighted' && axes.inferStride === 6)?.measures).toMatchObject({ lineAccuracy: metrics.lineAccuracy, linePartsF1: metrics.linePartsF1, lineMacroF1: metrics.lineMacroF1, testLines: metrics.testLines })
    const own = await executeRun(tinySpec({ vote: 'majority', inferStride: 1 }), await sampleDeps())
    expect(points[0]?.measures).toMatchObject({ lineAccuracy: own.metrics.lineAccuracy, lineKappa: own.metrics.lineKappa })
    for (const { measures } of points) expect(measures.inferMillisPerLine).toBeGreaterThan(0)
  })

  it('takes all windows that the paper\'s protocol drew where strides are compared, also those a random phase does not score', async () => {
    const { points } = await executeRun(tinySpec({ protocol: 'paper', phase: 'random', measure: { inferStrides: [1, 6] } }), await sampleDeps())
    const [dense, sparse] = points.map(({ measures }) => measures.testLines ?? 0)
    expect(dense).toBeGreaterThan(sparse ?? 0)
    expect(sparse).toBeGreaterThan(0)
  })

  it('is scored on other forms of its test lines, the log as it was written among them', async () => {
    const { points, metrics } = await executeRun(tinySpec({ measure: { forms: true } }), await sampleDeps())
    const form = (name: string) => points.find(({ axes }) => axes.form === name)?.measures
    expect(points).toHaveLength(7)
    expect(form('logged')).toMatchObject({ lineAccuracy: metrics.lineAccuracy, lineMacroF1: metrics.lineMacroF1, testLines: metrics.testLines })
    expect(form('metadata')?.testLines).toBe(metrics.testLines)
    expect(form('writes')?.testLines).toBeLessThan(metrics.testLines)
  })

  it('says of every test line what it said, and where its time went', async () => {
    const { answers, metrics, timings } = await executeRun(tinySpec({ inferStride: 12, measure: { votes: ['majority'] } }), await sampleDeps())
    expectWhole(answers)
    expect(answers.auditIDs).toHaveLength(metrics.testLines)
    expect(accuracyOf(answers)).toBeCloseTo(metrics.lineAccuracy, 12)
    expect(timings.phases?.map(({ phase }) => phase)).toEqual(['load', 'preprocess', 'train', 'infer', 'measure', 'save'])
    const sum = (of: 'wallSeconds' | 'cpuSeconds'): number => (timings.phases ?? []).reduce((total, phase) => total + phase[of], 0)
    expect(sum('wallSeconds')).toBeLessThanOrEqual(timings.totalSeconds)
    expect(sum('wallSeconds')).toBeGreaterThan(timings.totalSeconds * 0.9)
    expect(sum('cpuSeconds')).toBeLessThanOrEqual(timings.cpuSeconds)
    for (const { peakMemoryBytes } of timings.phases ?? []) expect(peakMemoryBytes).toBeGreaterThan(2 ** 20)
  })

  it('ends where it is told to, and is scored with the best weights so far', async () => {
    const epochs: number[] = []
    const deps = await sampleDeps({ onEpoch: ({ epoch }) => { epochs.push(epoch) }, shouldEnd: ({ epoch }) => Promise.resolve(epoch === 2 ? 'hopeless' : null) })
    const ended = await executeRun(tinySpec({ epochs: 5 }), deps)
    const whole = await executeRun(tinySpec({ epochs: 2 }), await sampleDeps())
    expect([epochs, ended.endedEarly, whole.endedEarly]).toEqual([[1, 2], 'hopeless', null])
    expect(ended.metrics).toEqual(whole.metrics)
    expect(ended.model.weights).toEqual(whole.model.weights)
  })
})

describe('the linked network', () => {
  const linked = (changes: Parameters<typeof tinySpec>[0]) => tinySpec({ preset: 'linked', window: 24, batch: 4, epochs: 1, network: undefined, ...changes })

  it('is scored on all of the other log in a transfer, in every form', async () => {
    const deps = await sampleDeps()
    const { metrics, answers, points, model } = await executeRun(linked({ protocol: 'transfer', scoredOn: 'others', measure: { forms: true } }), deps)
    const other = await (await deps.loadScored('')).loadLines(null)
    expectWhole(answers)
    expect(answers.auditIDs.every((id) => other.table.auditIDs.includes(id))).toBe(true)
    expect(accuracyOf(answers)).toBeCloseTo(metrics.lineAccuracy, 12)
    expect(metrics).toMatchObject({ testLines: answers.auditIDs.length, leakedTestLines: 0 })
    expect(points.find(({ axes }) => axes.form === 'logged')?.measures).toMatchObject({ contextAccuracy: metrics.contextAccuracy, lineMacroF1: metrics.lineMacroF1 })
    expect(points).toHaveLength(7)
    expect(parseModel(model.manifest, model.weights).manifest.protocol.name).toBe('transfer')
  })

  it('tells its answers and phases, and ends where it is told to', async () => {
    const { answers, metrics, timings, points, endedEarly } = await executeRun(linked({ epochs: 3 }), await sampleDeps({ shouldEnd: () => Promise.resolve('budget-spent') }))
    expectWhole(answers)
    expect([metrics.epochs, endedEarly, points]).toEqual([1, 'budget-spent', []])
    expect(timings.phases?.map(({ phase }) => phase)).toEqual(['load', 'preprocess', 'train', 'infer', 'save'])
  })

  it('refuses what it cannot', async () => {
    await expect(executeRun(linked({ fold: { k: 2, fold: 1 } }), await sampleDeps())).rejects.toMatchObject({ code: 'bad-spec' })
  })
})

describe('a measurement', () => {
  it('has points and times, and nothing of a training', async () => {
    const outcome = await executeRun({ kind: 'measure', seed: 1, measure: { measurement: 'inference-time', lines: 100, preset: 'k8ntext-small', window: 10, inferStride: 5, batch: 8, repetitions: 2 } }, await sampleDeps())
    expect(outcome).toMatchObject({ metrics: null, perClass: null, confusion: null, model: null, answers: null, endedEarly: null })
    expect(outcome.points.length).toBeGreaterThan(0)
    expect(outcome.timings.phases?.map(({ phase }) => phase)).toEqual(['measure', 'load'])
    expect(outcome.environment.engine).toMatch(/^wasm/)
  })
})
