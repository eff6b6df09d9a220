import { beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '@/lib/engine/types'
import { loadInlineEngine } from '@/lib/engine/wasm/engine.node.ts'
import { distilTree } from './distil'
import { explainLine, type LineExplanation } from './explain-line'
import { explainModel, neighboursOf } from './explain-model'
import type { Explainable } from './explainable'
import { parseExplanation } from './explanation-file'
import { judgedLines } from './held-out'
import { hiddenVectors } from './hidden-space'
import { permutationImportance } from './importance'
import { nearestLines, parseNeighbours, serialiseNeighbours, type NeighbourSample } from './neighbours'
import { taughtModel } from './testing/taught-model'
import { explainWindows } from './windows-explainable'
import type { WindowsModel } from '../model-file'

let engine: Engine
let model: WindowsModel
let subject: Explainable
beforeAll(async () => {
  engine = await loadInlineEngine()
  const taught = await taughtModel(engine)
  model = taught.model
  subject = explainWindows(model, taught.examples.rows, taught.examples.labels)
})

const TOLD = ['objectRef.resource', 'verb']
const data = { name: 'tiny log', sha256: '0'.repeat(64) }
const judged = () => judgedLines(model.manifest, { sha256: data.sha256, lines: subject.lines })

describe('a line that only the line before it tells of', () => {
  let why: LineExplanation
  beforeAll(async () => { why = await explainLine(subject, engine, 541) })

  test('is labelled as the network labels it', async () => {
    const [given] = await subject.label(engine, subject.matrix, { from: 541, to: 542 }, {})
    expect(why.key).toBe(given?.key)
    expect(why.key).toBe(subject.truth[541])
    expect(why.probability).toBeGreaterThan(0.5)
    expect(why.window).toEqual({ from: 538, lines: 6 })
  })
  test('loses its label with that line, and with no other', () => {
    const [first, second] = why.neighbours
    expect(first).toMatchObject({ line: 540, offset: -1 })
    expect(first?.drop).toBeGreaterThan(0.3)
    expect(Math.abs(second?.drop ?? 1)).toBeLessThan(first?.drop ?? 0)
    expect(why.wholes[0]).toMatchObject({ name: 'all other lines' })
    expect(why.wholes.map(({ name }) => name)).not.toContain('all links')
  })
  test('has every feature, group and neighbour weighed once', () => {
    expect(new Set(why.features.map(({ name }) => name)).size).toBe(39)
    expect(why.neighbours.map(({ offset }) => offset).toSorted((a, b) => a - b)).toEqual([-3, -2, -1, 1, 2])
    expect(why.groups.every(({ features }) => features > 1)).toBe(true)
    expect(why.features.find(({ name }) => name === 'userAgent.tool')?.value).toBe('component')
    expect(why.features.find(({ name }) => name === 'objectRef.apiGroup')?.value).toBeNull()
  })
  test('agrees with the gradients of an engine that has them', () => {
    if (why.check === null) return expect(why.features.every(({ attribution }) => attribution === null)).toBe(true)
    expect(why.check.total).toBeCloseTo(why.check.change, 1)
    expect(why.check.top).toBeGreaterThanOrEqual(3)
    expect(why.neighbours.toSorted((a, b) => (b.attribution ?? 0) - (a.attribution ?? 0))[0]?.offset).toBe(-1)
    return undefined
  })
})

test('a line that tells its label itself is explained by its own features', async () => {
  const why = await explainLine(subject, engine, 540)
  expect(why.features.slice(0, 3).map(({ name }) => name)).toEqual(expect.arrayContaining(TOLD))
  expect(why.features[0]?.value).not.toBeNull()
})

test('a line beyond the log has no explanation', async () => {
  await expect(explainLine(subject, engine, 600)).rejects.toMatchObject({ code: 'unknown-line' })
})

describe('permutation importance', () => {
  test('finds the two features that tell, by its seed', async () => {
    const { test: range } = judged()
    const report = await permutationImportance(subject, engine, { range, seed: 1 })
    expect(report.whole.accuracy).toBeGreaterThan(0.9)
    expect(report.lines).toBe(120)
    expect(report.features.slice(0, 4).map(({ name }) => name)).toEqual(expect.arrayContaining(TOLD))
    const [first] = report.features
    expect(first?.accuracy.mean).toBeGreaterThan(0.3)
    expect(first?.accuracy.values).toHaveLength(3)
    expect(first?.accuracy.deviation).toBeGreaterThan(0)
    const dead = report.features.find(({ name }) => name === 'responseObject.count')
    expect(dead).toMatchObject({ accuracy: { mean: 0, deviation: 0 }, confidence: { mean: 0 } })
    expect((await permutationImportance(subject, engine, { range, seed: 1 })).features).toEqual(report.features)
    expect((await permutationImportance(subject, engine, { range, seed: 2 })).features).not.toEqual(report.features)
  })
})

describe('a distilled tree', () => {
  test('repeats the model where it may ask the line before', async () => {
    const tree = await distilTree(subject, engine, { ...judged(), context: [-1], maxLeaves: 200, maxDepth: 40 })
    const blind = await distilTree(subject, engine, judged())
    expect(tree.fidelity.lines).toBe(120)
    expect(tree.fidelity.accuracy).toBeGreaterThan(0.75)
    expect(blind.fidelity.accuracy).toBeLessThan(tree.fidelity.accuracy - 0.2)
    expect(tree.truth?.accuracy).toBeGreaterThan(0.7)
    expect(tree.root.lines).toBe(tree.lines)
  })
})

describe('nearest training lines', () => {
  let sample: NeighbourSample
  beforeAll(async () => { sample = await neighboursOf(model.manifest, subject, engine, data, { limit: 40 }) })

  test('are sampled over all labels, none twice, and survive their file', () => {
    const { train } = judged()
    expect(sample.lines.every((line) => line >= train.from && line < train.to)).toBe(true)
    expect(new Set(sample.labels).size).toBe(16)
    const seen = sample.lines.map((_, i) => `${sample.labels[i]} ${sample.codes.subarray(i * 39, (i + 1) * 39).join()}`)
    expect(new Set(seen).size).toBe(seen.length)
    expect(parseNeighbours(serialiseNeighbours(sample))).toEqual(sample)
  })
  test('of a line have its label, and of a training line begin with itself', async () => {
    const [vector = new Float32Array()] = await hiddenVectors(subject, engine, [sample.lines[3] ?? 0])
    const [first] = nearestLines(sample, vector)
    expect(first?.line).toBe(sample.lines[3])
    expect(first?.similarity).toBeGreaterThan(0.99)
    const why = await explainLine(subject, engine, 540, { sample })
    expect(why.nearest?.[0]?.label).toBe(subject.truth[540])
  })
  test.each([['not JSON', '{'], ['another file', '{"format":"x"}'], ['of other lengths', (): string => serialiseNeighbours({ ...sample, codes: sample.codes.slice(1) })]])('a file that is %s is refused', (_, text) => {
    expect(() => parseNeighbours(typeof text === 'string' ? text : text())).toThrow(expect.objectContaining({ code: 'bad-neighbours' }))
  })
})

test('an explanation survives its file, and a damaged one is refused', async () => {
  const explanation = await explainModel(model.manifest, subject, engine, data, { wanted: ['importance', 'tree'], repeats: 2, lines: 60 })
  expect(explanation).toMatchObject({ heldOut: true, importance: { lines: 60, repeats: 2 } })
  const text = JSON.stringify(explanation)
  expect(parseExplanation(text)).toEqual(explanation)
  expect(() => parseExplanation(text.slice(1))).toThrow(expect.objectContaining({ code: 'bad-explanation' }))
  expect(() => parseExplanation(text.replace('"purity":', '"purity":9'))).toThrow(/bad|usable/)
})
