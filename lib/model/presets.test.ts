import { expect, test } from 'vitest'
import { networkParameters, sizeOf, validateNetwork } from '@/lib/engine/spec'
import { getPreset, presetFamily, presetNames, presetNetwork, presetSchema, presetSettings } from './presets'

test('the paper\'s network has 717,627 trainable parameters, as Keras counts it', () => {
  for (const name of ['k8ntext', 'k8ntext-table', 'k8ntext-defaults', 'k8ntext-chunks']) {
    const spec = presetNetwork(name, { features: 39, classes: 59 })
    const trained = networkParameters(spec).filter((parameter) => parameter.trained)
    expect(trained.reduce((sum, parameter) => sum + sizeOf(parameter.shape), 0)).toBe(717_627)
    expect(spec.window).toBe(60)
  }
})

/** The paper's layers as section 5.8.2 has them, with Keras's defaults where it names no value. */
const PAPER_LAYERS = [
  { kind: 'bilstm', unitsPerFeature: 4 },
  { kind: 'batchNorm', momentum: 0.99, epsilon: 1e-3 },
  { kind: 'bilstm', unitsPerFeature: 3 },
  { kind: 'dropout', rate: 0.4 },
  { kind: 'output', activation: 'relu' },
  { kind: 'batchNorm', momentum: 0.99, epsilon: 1e-3 },
]
/** Table 4, and the most epochs of section 5.8.2; batches of 32 and windows at every line are what the published code leaves at Keras's default and does. */
const TABLE_4 = { epochs: 130, batch: 32, learningRate: 0.004, stride: 1, earlyStoppingPatience: 8, reducePatience: 4, reduceFactor: 0.1, reduceMinDelta: 1e-4, maxSeconds: null }

test('Table 4 stands to the letter', () => {
  expect(getPreset('k8ntext-table')).toMatchObject({
    window: 60, layers: PAPER_LAYERS, loss: { kind: 'focal', gamma: 2, alpha: 0.25 }, training: TABLE_4, split: { test: 0.1, validation: 0.1 },
    inference: { stride: 1, vote: 'majority', decode: 'paper' }, paperIds: true,
  })
  expect(presetNetwork('k8ntext-table', { features: 39, classes: 59 }).layers.filter((layer) => layer.kind === 'bilstm').map((layer) => layer.units)).toEqual([156, 117])
})

test('the repository\'s defaults differ from it where they are said to', () => {
  const { name: _name, title: _title, source: _source, ...table } = getPreset('k8ntext-table')
  expect(getPreset('k8ntext-defaults')).toMatchObject({ ...table, training: { ...TABLE_4, epochs: 160 }, inference: { ...table.inference, vote: 'weighted' } })
  expect(getPreset('k8ntext')).toMatchObject({ layers: PAPER_LAYERS, training: { ...TABLE_4, batch: 64, stride: 5 } })
})

test('a tuner changes units, dropout and loss of a preset, and nothing else', () => {
  const size = { features: 39, classes: 59 }
  const preset = presetNetwork('k8ntext', size)
  expect(presetNetwork('k8ntext', size, {})).toEqual(preset)
  const changed = presetNetwork('k8ntext', size, { unitsPerFeature: [8, 1], dropout: 0.1, loss: 'crossEntropy' })
  expect(changed.layers.map((layer) => ('units' in layer ? layer.units : 'rate' in layer ? layer.rate : null))).toEqual([312, null, 39, 0.1, 295, null])
  expect(changed).toEqual({ ...preset, layers: changed.layers, loss: { kind: 'crossEntropy' } })
  expect(presetNetwork('k8ntext-small', size, { unitsPerFeature: [2] }).layers.flatMap((layer) => (layer.kind === 'bilstm' ? layer.units : []))).toEqual([78, 24])
})

test('every preset builds for other numbers of features, classes and lines', () => {
  for (const name of presetNames().filter((one) => presetFamily(one) === 'windows')) {
    const spec = presetNetwork(name, { features: 12, classes: 7, window: 9 })
    validateNetwork(spec, 1)
    expect(spec).toMatchObject({ features: 12, window: 9, heads: 5, classes: 7 })
  }
})

test('settings take a seed and changes, and are checked', () => {
  expect(presetSettings('k8ntext', 4, { epochs: 3 })).toMatchObject({ seed: 4, epochs: 3, batch: 64, maxSeconds: null, reduceMinDelta: 1e-4 })
  expect(() => presetSettings('k8ntext', 4, { epochs: 0 })).toThrow()
  expect(() => presetSettings('k8ntext', -1)).toThrow()
})

test('an unknown preset is answered with the known ones', () => {
  expect(() => getPreset('constructor')).toThrow(/no network preset "constructor".*k8ntext-small/)
  expect(() => presetFamily('constructor')).toThrow(/no network preset "constructor".*linked, k8ntext/)
  expect(presetFamily('linked')).toBe('linked')
  expect(() => presetNetwork('linked', { features: 39, classes: 59 })).toThrow(/"linked" over windows/)
})

test('a preset with an unknown layer or field is refused', () => {
  expect(presetSchema.safeParse({ ...getPreset('k8ntext'), layers: [{ kind: 'attention' }] }).success).toBe(false)
  expect(presetSchema.safeParse({ ...getPreset('k8ntext'), script: 'x' }).success).toBe(false)
})
