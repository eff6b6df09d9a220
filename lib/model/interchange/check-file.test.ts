import { expect, it } from 'vitest'
import { tinyModel } from '../fixtures/tiny-model'
import { serialiseModel } from '../model-file'
import { checkModelFile } from './check-file'
import { toKerasNpz } from './keras/to-keras-npz'
import { modelExport } from './model-export'
import { networkToOnnx, toOnnx } from './onnx/to-onnx'
import { tinyLinked } from './testing/tiny-linked'

const MODELS = [tinyModel(), tinyLinked()]

it.each(MODELS)('tells each file of a model by its content', (model) => {
  const { json, weights } = serialiseModel(model)
  const values = [...model.weights.values()].reduce((sum, { data }) => sum + data.length, 0)
  expect(checkModelFile(toKerasNpz(model))).toEqual({ format: 'keras-npz', manifest: model.manifest, tensors: model.weights.size, values })
  expect(checkModelFile(weights)).toEqual({ format: 'safetensors', manifest: null, tensors: model.weights.size, values })
  expect(checkModelFile(new TextEncoder().encode(json))).toMatchObject({ format: 'manifest', manifest: model.manifest })
  const onnx = checkModelFile(toOnnx(model))
  expect(onnx).toMatchObject({ format: 'onnx', manifest: model.manifest })
  expect(onnx.values).toBeGreaterThan(values / 2)
})

it.each<[string, Uint8Array, RegExp]>([
  ['nothing', new Uint8Array(), /ends after 0 bytes/],
  ['a pickle', Uint8Array.of(0x80, 4, 0x95, 1, 0, 0, 0, 0, 0, 0, 0), /Python pickle/],
  ['an ONNX file whose manifest is of another network', networkToOnnx({ ...modelExport(MODELS[0]!), about: MODELS[1]!.manifest }), /not those of the manifest/],
  ['an ONNX file without a manifest', networkToOnnx({ ...modelExport(MODELS[0]!), about: {} }), /model\.json is not usable/],
  ['a folder\'s worth of nonsense', new TextEncoder().encode('x'.repeat(1000)), /claims a header/],
])('refuses %s', (_, bytes, message) => {
  expect(() => checkModelFile(bytes)).toThrow(message)
})
