import { describe, expect, it } from 'vitest'
import type { NetworkSpec, Weights } from '@/lib/engine/types'
import { loadInlineEngine } from '@/lib/engine/wasm/engine.node.ts'
import { tinyModel } from '../../fixtures/tiny-model'
import { numberedHeads } from '../head-names'
import { codeCounts, LINKED_FORM, PUBLISHED_FORM, randomLines, unevenWeights } from '../testing/every-layer'
import { distance, headPart, largest, predictWindows } from '../testing/predict'
import { tinyLinked } from '../testing/tiny-linked'
import { wrongGates } from '../testing/wrong-gates'
import { checkOnnx } from './check-graph'
import { readOnnx } from './read'
import { evaluateOnnx } from './testing/evaluate'
import { networkToOnnx, toOnnx } from './to-onnx'

const FORMS: readonly (readonly [string, NetworkSpec])[] = [
  ['the published form', PUBLISHED_FORM],
  ['the linked form', LINKED_FORM],
  ['one head, one window of one line', { features: 3, window: 1, heads: 1, classes: 4, loss: { kind: 'crossEntropy' }, layers: [{ kind: 'dense', units: 4, activation: 'gelu' }] }],
]

const exported = (spec: NetworkSpec, weights: Weights): Uint8Array => networkToOnnx({ name: 'test', spec, weights, headNames: numberedHeads(spec.heads), about: {}, version: '1' })

/** The largest difference of any head between the file's own arithmetic and the engine's, with the largest probability. */
async function compare(spec: NetworkSpec, weights: Weights, bytes: Uint8Array): Promise<{ worst: number; peak: number }> {
  const windows = 3
  const features = randomLines(spec, windows * spec.window, 5, codeCounts(spec))
  const expected = await predictWindows(await loadInlineEngine(), spec, weights, features)
  const model = readOnnx(bytes)
  const outputs = evaluateOnnx(model, new Map([[model.graph.inputs[0]!.name, { shape: [windows, spec.window, spec.features], data: Float64Array.from(features) }]]))
  const worst = [...outputs.values()].map(({ data }, head) => distance(data, headPart(spec, expected, head)))
  return { worst: Math.max(...worst), peak: largest(expected) }
}

describe.each(FORMS)('%s', (_, spec) => {
  const weights = unevenWeights(spec, 11)

  it('is written as a graph that can be computed as it stands', () => {
    const model = readOnnx(exported(spec, weights))
    expect(() => checkOnnx(model)).not.toThrow()
    expect(model.graph.inputs.map(({ shape }) => shape)).toEqual([['batch', 'window', spec.features]])
    expect(model.graph.outputs.map(({ shape }) => shape)).toEqual((spec.headSizes ?? Array.from({ length: spec.heads }, () => spec.classes)).map((classes) => ['batch', 'window', classes]))
  })

  it('gives what the engine gives', async () => {
    expect((await compare(spec, weights, exported(spec, weights))).worst).toBeLessThan(1e-5)
  })

  it('gives it far from even probabilities too', async () => {
    const steep = unevenWeights(spec, 11, 3)
    const { worst, peak } = await compare(spec, steep, exported(spec, steep))
    expect(peak).toBeGreaterThan(0.9)
    expect(worst).toBeLessThan(1e-5)
  })
})

it.each(FORMS.slice(0, 2))('%s differs where gates stand in another order', async (_, spec) => {
  const weights = unevenWeights(spec, 11)
  expect((await compare(spec, weights, exported(spec, wrongGates(weights)))).worst).toBeGreaterThan(1e-3)
})

describe.each([
  ['windows', tinyModel(), 'features', 'float', ['resource', 'subresource', 'namespaced', 'single', 'verb']],
  ['linked', tinyLinked(), 'codes', 'int32', ['source', 'resource', 'action']],
] as const)('a model of the family %s', (_, model, input, type, heads) => {
  const bytes = toOnnx(model, { version: '1.2.3' })
  const read = readOnnx(bytes)

  it('takes its manifest along, whole', () => {
    expect(Object.fromEntries(read.metadata.map(([key, value]) => [key.replace('auditweave.', ''), JSON.parse(value)]))).toEqual(model.manifest)
    expect(read.producer).toEqual({ name: 'auditweave', version: '1.2.3' })
    expect(read.doc).toContain(`${model.manifest.name}: probabilities of ${heads.join(', ')} for each line`)
  })

  it('names what goes in and comes out', () => {
    expect(() => checkOnnx(read)).not.toThrow()
    expect(read.graph.inputs.map(({ name, type }) => [name, type])).toEqual([[input, type]])
    expect(read.graph.outputs.map(({ name }) => name)).toEqual(heads)
  })

  it('is written the same each time', () => {
    expect(Buffer.compare(toOnnx(model, { version: '1.2.3' }), bytes)).toBe(0)
  })
})

it('refuses names that do not tell heads apart', () => {
  const weights = unevenWeights(PUBLISHED_FORM, 1)
  expect(() => networkToOnnx({ name: 'x', spec: PUBLISHED_FORM, weights, headNames: ['a', 'a', 'b', 'c', 'd'], about: {}, version: '' })).toThrow(/5 heads need as many different names/)
  expect(() => networkToOnnx({ name: 'x', spec: PUBLISHED_FORM, weights: new Map(), headNames: ['a', 'b', 'c', 'd', 'e'], about: {}, version: '' })).toThrow(/no tensor layer0/)
})
