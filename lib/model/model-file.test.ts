import { describe, expect, test } from 'vitest'
import { tinyModel } from './fixtures/tiny-model'
import { parseModel, serialiseModel } from './model-file'
import type { ModelManifest } from './model-manifest'
import { writeTensors } from './safetensors'

const model = tinyModel()
const { json, weights } = serialiseModel(model)

/** The manifest's JSON after a change. */
function changed(change: (manifest: ModelManifest & Record<string, unknown>) => void): string {
  const copy = structuredClone(model.manifest) as ModelManifest & Record<string, unknown>
  change(copy)
  return JSON.stringify(copy)
}
const withTensors = (change: (tensors: Map<string, { shape: readonly number[]; data: Float32Array }>) => void): Uint8Array => {
  const tensors = new Map([...model.weights].map(([name, tensor]) => [name, { shape: tensor.shape, data: tensor.data.slice() }]))
  change(tensors)
  return writeTensors({ tensors, metadata: {} })
}

test('what is written is read', () => {
  const read = parseModel(json, weights)
  expect(read.manifest).toEqual(model.manifest)
  expect(new Map(read.weights)).toEqual(new Map([...model.weights].map(([name, { shape, data }]) => [name, { shape: [...shape], data }])))
  expect(serialiseModel(read)).toEqual({ json, weights })
})

describe('a manifest is refused', () => {
  test.each<[string, string, RegExp]>([
    ['that is no JSON', '{', /is not JSON/],
    ['with a key twice', json.replace('"name"', '"name":"a","name"'), /key "name" twice/],
    ['of another format', changed((m) => { m.format = 'other' as never }), /format/],
    ['of a later version', changed((m) => { m.version = 2 as never }), /version/],
    ['with a field that we do not know', changed((m) => { m.code = 'import os' }), /code/],
    ['with a path for a name', changed((m) => { m.name = '../evil' }), /name/],
    ['with a feature too few', changed((m) => { m.features = m.features.slice(1) }), /38 are listed/],
    ['with an unknown feature', changed((m) => { m.features[0]!.name = 'toString' }), /features\.0\.name/],
    ['with a class too many', changed((m) => { m.labels.ids.push(999) }), /label ids are listed/],
    ['with a value twice in a vocabulary', changed((m) => { m.features[2]!.vocabulary = ['a', 'a'] }), /twice/],
    ['with a layer too wide', changed((m) => { m.network.layers[0] = { kind: 'bilstm', units: 1e9 } }), /network\.layers\.0\.units/],
    ['whose layers give other outputs', changed((m) => { m.network.layers[3] = { kind: 'dense', units: 7, activation: 'linear' } }), /outputs/],
  ])('%s', (_, text, message) => {
    expect(() => parseModel(text, weights)).toThrow(message)
  })
})

describe('weights are refused', () => {
  test.each<[string, Uint8Array, RegExp]>([
    ['without a tensor', withTensors((t) => { t.delete('layer1/gamma') }), /"layer1\/gamma" of the network is not in it/],
    ['with one more', withTensors((t) => { t.set('extra', { shape: [1], data: Float32Array.of(1) }) }), /"extra" belongs to no layer/],
    ['of another shape', withTensors((t) => { t.set('layer1/gamma', { shape: [2, 12], data: new Float32Array(24) }) }), /shape \[2, 12\] where the network has \[24\]/],
    ['with a negative variance', withTensors((t) => { t.get('layer1/movingVariance')!.data[3] = -1 }), /negative variance/],
    ['that hold no number', withTensors((t) => { t.get('layer1/gamma')!.data[0] = Number.NaN }), /holds NaN/],
    ['that are a pickle', Uint8Array.of(0x80, 2, 0x7d, 0x71, 0, 0x2e, 0, 0, 0, 0), /Python pickle/],
  ])('%s', (_, bytes, message) => {
    expect(() => parseModel(json, bytes)).toThrow(message)
  })
})
