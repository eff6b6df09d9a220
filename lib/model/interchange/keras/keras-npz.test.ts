import { unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { tinyModel } from '../../fixtures/tiny-model'
import { LINKED_FORM, unevenWeights } from '../testing/every-layer'
import { tinyLinked } from '../testing/tiny-linked'
import { readNpy, writeNpy } from './npy'
import { readKerasNpz } from './read-keras-npz'
import { networkToKerasNpz, toKerasNpz } from './to-keras-npz'

const model = tinyModel()
const bytes = toKerasNpz(model, { version: '1.2.3' })
const files = unzipSync(bytes)
const textOf = (content: Uint8Array | undefined): string => new TextDecoder().decode(content)

it.each([['windows', model], ['linked', tinyLinked()]])('of the family %s is read back, manifest and weights', (_, model) => {
  const read = readKerasNpz(toKerasNpz(model))
  expect(read.manifest).toEqual(model.manifest)
  expect([...read.weights]).toEqual([...model.weights].map(([name, { shape, data }]) => [name, { shape: [...shape], data }]))
})

it('is written the same each time', () => {
  expect(Buffer.compare(toKerasNpz(model, { version: '1.2.3' }), bytes)).toBe(0)
})

it('lists layers with their arrays in the order of set_weights', () => {
  const about = JSON.parse(textOf(unzipSync(networkToKerasNpz({ name: 'x', spec: LINKED_FORM, weights: unevenWeights(LINKED_FORM, 1), headNames: ['a', 'b', 'c', 'd'], about: {}, version: '' }))['model.json'])) as { layers: { kind: string; weights: string[] }[]; heads: unknown; input: unknown }
  expect(about.layers.map(({ kind, weights }) => [kind, weights.length])).toEqual([
    ['embedding', 1], ['featureDropout', 0], ['dense', 2], ['bilstm', 6], ['layerNorm', 2], ['bilstm', 6], ['add', 0], ['layerNorm', 2], ['dropout', 0], ['dense', 2],
  ])
  expect(about.layers[3]?.weights).toEqual(['forward', 'backward'].flatMap((way) => ['kernel', 'recurrentKernel', 'bias'].map((part) => `layer3/${way}/${part}`)))
  expect(about.heads).toEqual([{ name: 'a', classes: 9 }, { name: 'b', classes: 5 }, { name: 'c', classes: 2 }, { name: 'd', classes: 3 }])
  expect(about.input).toEqual({ name: 'codes', features: 6, window: 7 })
})

describe('a NumPy array', () => {
  it.each([[[3]], [[2, 3]], [[2, 3, 4]], [[]], [[0, 5]]])('of shape %j is read back, its data aligned', (shape) => {
    const data = Float32Array.from({ length: shape.reduce((product, side) => product * side, 1) }, (_, i) => i / 3)
    const npy = writeNpy({ shape, data })
    expect((npy.length - 4 * data.length) % 64).toBe(0)
    expect(readNpy('a', npy)).toEqual({ shape, data })
  })

  it('has the header that NumPy writes', () => {
    expect(textOf(writeNpy({ shape: [3], data: new Float32Array(3) }).subarray(10, 128))).toMatch(/^\{'descr': '<f4', 'fortran_order': False, 'shape': \(3,\), \} *\n/)
  })

  it.each([
    ['that is cut', writeNpy({ shape: [3], data: new Float32Array(3) }).subarray(0, -1), /its shape is \[3\] and it has 11 bytes/],
    ['of another type', new TextEncoder().encode('\u0093NUMPY'), /no NumPy array/],
    ['that holds objects', withHeader("{'descr': '|O', 'fortran_order': False, 'shape': (3,), }\n"), /no row-major float32 array/],
  ])('%s is refused', (_, content, message) => {
    expect(() => readNpy('a', content)).toThrow(message)
  })
})

function withHeader(header: string): Uint8Array {
  return Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0, ...new TextEncoder().encode(header))
}

describe('an archive is refused', () => {
  const packed = (change: Record<string, Uint8Array | null>, level: 0 | 6 = 0): Uint8Array => zipSync(Object.fromEntries(Object.entries({ ...files, ...change }).filter((entry): entry is [string, Uint8Array] => entry[1] !== null)), { level })
  const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

  it.each<[string, Uint8Array, RegExp]>([
    ['that is none', new TextEncoder().encode('hello'), /no whole zip archive/],
    ['that is cut', bytes.subarray(0, bytes.length / 2), /no whole zip archive/],
    ['that is compressed', packed({}, 6), /is compressed/],
    ['without its description', packed({ 'model.json': null }), /has no model\.json/],
    ['whose description is no JSON', packed({ 'model.json': new TextEncoder().encode('{') }), /is not JSON/],
    ['of another format', packed({ 'model.json': json({ format: 'x' }) }), /is not of auditweave-keras-npz/],
    ['with another file', packed({ '../../etc/passwd': new Uint8Array(3) }), /holds "\.\.\/\.\.\/etc\/passwd", which is none of our arrays/],
    ['without an array', packed({ 'layer0/forward/bias.npy': null }), /layer0\/forward\/bias.* is not in it/],
    ['with an array of another shape', packed({ 'layer0/forward/bias.npy': writeNpy({ shape: [2], data: new Float32Array(2) }) }), /has shape \[2\]/],
  ])('%s', (_, content, message) => {
    expect(() => readKerasNpz(content)).toThrow(message)
  })
})
