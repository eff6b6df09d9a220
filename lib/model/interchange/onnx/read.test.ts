import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tinyModel } from '../../fixtures/tiny-model'
import { checkOnnx } from './check-graph'
import type { OnnxGraph, OnnxModel } from './messages'
import { OnnxError, readOnnx } from './read'
import { toOnnx } from './to-onnx'
import { writeOnnx } from './write'

const bytes = toOnnx(tinyModel())
const model = readOnnx(bytes)

it('reads what was written', () => {
  expect(Buffer.compare(writeOnnx(model), bytes)).toBe(0)
})

describe('a file is refused', () => {
  it.each<[string, Uint8Array, RegExp]>([
    ['that is empty', new Uint8Array(), /holds no network/],
    ['that is text', new TextEncoder().encode('{"format":"auditweave-model"}'), /does not follow the format|truncated|holds no network/],
    ['that is cut', bytes.subarray(0, bytes.length - 10), /truncated|does not follow|bytes/],
    ['that is cut early', bytes.subarray(0, 100), /truncated|does not follow|holds no network/],
    ['with a length beyond its end', Uint8Array.of(8, 8, 0x3a, 0xff, 0xff, 0xff, 0xff, 0x0f, 1, 2), /truncated|does not follow/],
    ['with a tensor of more values than bytes', writeOnnx(changed({ initializers: model.graph.initializers.map((tensor) => ({ ...tensor, dims: [...tensor.dims, 1e9] })) })), /of shape \[.*1000000000\] has \d+ bytes/],
  ])('%s', (_, content, message) => {
    expect(() => readOnnx(content)).toThrow(message)
    expect(() => readOnnx(content)).toThrow(OnnxError)
  })

  it('or read as something, whatever its bytes', () => {
    const head = bytes.slice(0, 3000)
    fc.assert(fc.property(fc.array(fc.record({ at: fc.nat(head.length - 1), byte: fc.nat(255) }), { maxLength: 20 }), (changes) => {
      const broken = head.slice()
      for (const { at, byte } of changes) broken[at] = byte
      try {
        checkOnnx(readOnnx(broken))
      } catch (error) {
        if (!(error instanceof OnnxError)) throw error
      }
    }), { numRuns: 300 })
  })
})

function changed(parts: Partial<OnnxGraph>): OnnxModel {
  return { ...model, graph: { ...model.graph, ...parts } }
}

describe('a graph is refused', () => {
  const { nodes, initializers, outputs, inputs } = model.graph
  const at = (op: string): number => nodes.findIndex((node) => node.op === op)

  it.each<[string, OnnxModel, RegExp]>([
    ['whose nodes stand in the wrong order', changed({ nodes: nodes.toReversed() }), /before it is made/],
    ['with an operator that we never write', changed({ nodes: nodes.map((node) => (node.op === 'LSTM' ? { ...node, op: 'toString' } : node)) }), /"toString", which we never write/],
    ['with a tensor that nothing uses', changed({ initializers: [...initializers, { name: 'idle', dims: [1], data: Float32Array.of(1) }] }), /"idle" is never used/],
    ['without a tensor that is used', changed({ initializers: initializers.slice(1) }), /before it is made/],
    ['with a value made twice', changed({ inputs: [...inputs, ...inputs] }), /made twice/],
    ['with a kernel of another width', changed({ initializers: initializers.map((tensor) => (tensor.name.endsWith('/kernel') ? { ...tensor, dims: [7, 1] } : tensor)) }), /cannot be multiplied/],
    ['with an LSTM of other units', changed({ nodes: nodes.map((node, i) => (i === at('LSTM') ? { ...node, attributes: new Map(node.attributes).set('hidden_size', { kind: 'int', value: 3 }) } : node)) }), /its input 1 is/],
    ['whose output has another width', changed({ outputs: outputs.map((output) => ({ ...output, shape: ['batch', 'window', 3] })) }), /output "resource" should be \[batch, window, 3\]/],
    ['without outputs', changed({ outputs: [] }), /has no outputs/],
  ])('%s', (_, broken, message) => {
    expect(() => checkOnnx(broken)).toThrow(message)
  })
})
