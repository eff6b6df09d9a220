import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Tensor } from '@/lib/engine/types'
import { duplicateKey } from './duplicate-key'
import { readTensors, WeightsError, writeTensors } from './safetensors'

const tensor = (shape: number[], values: number[]): Tensor => ({ shape, data: Float32Array.from(values) })
const sample = () => writeTensors({
  tensors: new Map([['layer0/kernel', tensor([2, 3], [1, -2, 3.5, 0, 1e-30, 6])], ['layer0/bias', tensor([3], [7, 8, 9])]]),
  metadata: { note: 'grüße' },
})

/** A file with this header text and this many data bytes. */
function crafted(header: string, dataBytes: number): Uint8Array {
  const json = new TextEncoder().encode(header)
  const bytes = new Uint8Array(8 + json.length + dataBytes)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true)
  bytes.set(json, 8)
  return bytes
}
const entry = (shape: unknown, offsets: unknown, dtype = 'F32') => JSON.stringify({ dtype, shape, data_offsets: offsets })

test('what is written is read, byte for byte', () => {
  const bytes = sample()
  const file = readTensors(bytes)
  expect([...file.tensors.keys()]).toEqual(['layer0/kernel', 'layer0/bias'])
  expect(file.tensors.get('layer0/kernel')).toEqual(tensor([2, 3], [1, -2, 3.5, 0, 1e-30, 6]))
  expect(file.metadata).toEqual({ note: 'grüße' })
  expect(writeTensors(file)).toEqual(bytes)
})

test('any tensors survive, also when the bytes lie unaligned in a larger buffer', () => {
  const values = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { maxLength: 20 })
  fc.assert(fc.property(fc.dictionary(fc.string(), values, { maxKeys: 5 }), fc.integer({ min: 0, max: 9 }), (named, shift) => {
    const tensors = new Map(Object.entries(named).filter(([name]) => name !== '__metadata__').map(([name, list]) => [name, tensor([list.length], list)]))
    const bytes = writeTensors({ tensors, metadata: {} })
    const larger = new Uint8Array(bytes.length + shift)
    larger.set(bytes, shift)
    const read = readTensors(larger.subarray(shift)).tensors
    expect(new Map(read)).toEqual(tensors)
  }))
})

describe('refuses, saying why', () => {
  const cases: [string, () => Uint8Array, RegExp][] = [
    ['an empty file', () => new Uint8Array(0), /ends after 0 bytes/],
    ['a file cut in the header', () => sample().subarray(0, 40), /truncated: the header/],
    ['a file cut in the data', () => sample().subarray(0, sample().length - 1), /truncated: the tensors/],
    ['trailing bytes', () => { const s = sample(); const b = new Uint8Array(s.length + 3); b.set(s); return b }, /3 bytes trail/],
    ['a huge header', () => crafted('{}', 0).fill(0x22, 0, 8), /claims a header of/],
    ['a header that is no JSON', () => crafted('{"a"', 0), /header is not JSON/],
    ['a header that is no text', () => { const b = crafted('{""}', 0); b[9] = 0xff; return b }, /header is not JSON/],
    ['a header that is a list', () => crafted('[]', 0), /not a JSON object/],
    ['a duplicate tensor', () => crafted(`{"a":${entry([1], [0, 4])},"a":${entry([1], [0, 4])}}`, 4), /key "a" twice/],
    ['a duplicate key inside a tensor', () => crafted('{"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}}', 4), /key "shape" twice/],
    ['a shape that disagrees with its bytes', () => crafted(`{"a":${entry([2, 2], [0, 12])}}`, 12), /needs 16 bytes but its offsets span 12/],
    ['a huge shape', () => crafted(`{"a":${entry([1e9, 1e9], [0, 4])}}`, 4), /too large/],
    ['a negative side', () => crafted(`{"a":${entry([-1], [0, 4])}}`, 4), /unusable shape/],
    ['a side with a fraction', () => crafted(`{"a":${entry([1.5], [0, 6])}}`, 6), /unusable shape/],
    ['offsets that are no pair', () => crafted(`{"a":${entry([1], [0, 4, 8])}}`, 4), /unusable offsets/],
    ['overlapping tensors', () => crafted(`{"a":${entry([2], [0, 8])},"b":${entry([2], [4, 12])}}`, 12), /"b" overlaps/],
    ['a hole between tensors', () => crafted(`{"a":${entry([1], [0, 4])},"b":${entry([1], [8, 12])}}`, 12), /belong to no tensor/],
    ['another number type', () => crafted(`{"a":${entry([1], [0, 8], 'F64')}}`, 8), /only F32/],
    ['an unknown field', () => crafted('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"exec":1}}', 4), /unknown field "exec"/],
    ['metadata that are no text', () => crafted('{"__metadata__":{"a":1}}', 0), /not text/],
    ['NaN', () => writeTensors({ tensors: new Map([['a', tensor([1], [Number.NaN])]]), metadata: {} }), /"a" holds NaN at place 0/],
    ['infinity', () => writeTensors({ tensors: new Map([['a', tensor([2], [0, -Infinity])]]), metadata: {} }), /holds -Infinity at place 1/],
    ['a pickle', () => Uint8Array.of(0x80, 4, 0x95, 1, 2, 3, 4, 5, 6, 7, 8, 9), /Python pickle \(protocol 4\)/],
    ['a zip', () => Uint8Array.of(0x50, 0x4b, 3, 4, 0x14, 0, 0, 0, 8, 0), /zip archive.*keras/],
    ['HDF5', () => Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0), /HDF5/],
  ]
  test.each(cases)('%s', (_, make, message) => {
    expect(() => readTensors(make())).toThrow(WeightsError)
    expect(() => readTensors(make())).toThrow(message)
  })
})

test('a header as long as a pickle\'s first bytes is still read', () => {
  const header = '{"__metadata__":{"pad":"'
  const text = `${header}${'x'.repeat(0x0480 - header.length - 3)}"}}`
  expect(text).toHaveLength(0x0480)
  expect(readTensors(crafted(text, 0)).tensors.size).toBe(0)
})

test('random bytes never crash the reader', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    try { readTensors(bytes) } catch (error) { expect(error).toBeInstanceOf(WeightsError) }
  }))
})

describe('duplicateKey', () => {
  test.each([
    ['{"a":1,"b":{"a":1}}', null],
    ['{"a":[{"a":1},{"a":2}]}', null],
    ['{"a":"a\\",\\"a","b":["a","a"]}', null],
    ['{"b":[{"a":1,"\\u0061":2}]}', 'a'],
    ['{"a":{},"a":{}}', 'a'],
  ])('%s', (json, want) => expect(duplicateKey(json)).toBe(want))
})
