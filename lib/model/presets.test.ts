import { expect, test } from 'vitest'
import { networkParameters, sizeOf, validateNetwork } from '@/lib/engine/spec'
import { getPreset, presetNames, presetNetwork, presetSchema, presetSettings } from './presets'

test('the paper\'s network has 717,627 trainable parameters, as Keras counts it', () => {
  for (const name of ['k8ntext', 'k8ntext-table', 'k8ntext-defaults']) {
    const spec = presetNetwork(name, { features: 39, classes: 59 })
    const trained = networkParameters(spec).filter((parameter) => parameter.trained)
    expect(trained.reduce((sum, parameter) => sum + sizeOf(parameter.shape), 0)).toBe(717_627)
    expect(spec.window).toBe(60)
  }
})

test('Table 4 and the repository\'s defaults differ where they are said to', () => {
  expect(getPreset('k8ntext-table')).toMatchObject({ training: { epochs: 130, learningRate: 0.004, earlyStoppingPatience: 8, reducePatience: 4, reduceFactor: 0.1 }, inference: { vote: 'majority' } })
  expect(getPreset('k8ntext-defaults')).toMatchObject({ training: { epochs: 160 }, inference: { vote: 'weighted' } })
})

test('every preset builds for other numbers of features, classes and lines', () => {
  for (const name of presetNames()) {
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
})

test('a preset with an unknown layer or field is refused', () => {
  expect(presetSchema.safeParse({ ...getPreset('k8ntext'), layers: [{ kind: 'attention' }] }).success).toBe(false)
  expect(presetSchema.safeParse({ ...getPreset('k8ntext'), script: 'x' }).success).toBe(false)
})
