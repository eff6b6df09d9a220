import type { OnnxModel, OnnxNode, OnnxTensor } from '../messages'
import { byRow, combine, matMul, size, transpose, type NdArray } from './arrays'
import { onnxLstm } from './lstm'

/**
 * Computes a graph with the few operators that we write, in double precision and straight from ONNX's operator pages
 * (https://onnx.ai/onnx/operators/), so that tests prove numbers without a runtime. Slow; for small networks.
 */
export function evaluateOnnx({ graph }: OnnxModel, inputs: ReadonlyMap<string, NdArray>): Map<string, NdArray> {
  const values = new Map<string, NdArray>(inputs)
  for (const tensor of graph.initializers) values.set(tensor.name, fromTensor(tensor))
  for (const node of graph.nodes) {
    const results = compute(node, node.inputs.map((name) => {
      const value = values.get(name)
      if (!value) throw new RangeError(`${node.name} needs ${name}`)
      return value
    }))
    node.outputs.forEach((name, i) => values.set(name, results[i] as NdArray))
  }
  return new Map(graph.outputs.map(({ name }) => [name, values.get(name) as NdArray]))
}

const fromTensor = ({ dims, data }: OnnxTensor): NdArray => ({ shape: dims, data: Float64Array.from(data as ArrayLike<number | bigint>, Number) })

function compute(node: OnnxNode, inputs: readonly NdArray[]): NdArray[] {
  const [a, b, c] = inputs as [NdArray, NdArray, NdArray]
  const number = (name: string): number => node.attributes.get(name)?.value as number
  switch (node.op) {
    case 'Add': return [combine(a, b, (x, y) => x + y)]
    case 'Mul': return [combine(a, b, (x, y) => x * y)]
    case 'Relu': return [{ shape: a.shape, data: a.data.map((x) => Math.max(0, x)) }]
    case 'Tanh': return [{ shape: a.shape, data: a.data.map(Math.tanh) }]
    case 'MatMul': return [matMul(a, b)]
    case 'Transpose': return [transpose(a, node.attributes.get('perm')?.value as readonly number[])]
    case 'Reshape': return [{ shape: Array.from(b.data, (side, i) => side || (a.shape[i] as number)), data: a.data }]
    case 'Gather': return [gather(a, b)]
    case 'LSTM': return [onnxLstm(inputs, number('hidden_size'))]
    case 'LayerNormalization': return [layerNorm(a, b, c, number('epsilon'))]
    case 'Softmax': return [byRow(a, softmax)]
    case 'Split': return split(a, b)
    default: throw new RangeError(`no operator ${node.op} here`)
  }
}

function gather(table: NdArray, places: NdArray): NdArray {
  const width = size(table.shape.slice(1))
  const data = new Float64Array(places.data.length * width)
  places.data.forEach((row, i) => data.set(table.data.subarray(row * width, (row + 1) * width), i * width))
  return { shape: [...places.shape, ...table.shape.slice(1)], data }
}

function layerNorm(x: NdArray, gamma: NdArray, beta: NdArray, epsilon: number): NdArray {
  return byRow(x, (row) => {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length
    return row.map((value, i) => ((value - mean) / Math.sqrt(variance + epsilon)) * (gamma.data[i] as number) + (beta.data[i] as number))
  })
}

function softmax(row: Float64Array): Float64Array {
  const most = Math.max(...row)
  const powers = row.map((value) => Math.exp(value - most))
  const sum = powers.reduce((total, value) => total + value, 0)
  return powers.map((value) => value / sum)
}

function split(x: NdArray, sizes: NdArray): NdArray[] {
  const width = x.shape.at(-1) as number
  let from = 0
  return Array.from(sizes.data, (side) => {
    const start = from
    from += side
    return { shape: [...x.shape.slice(0, -1), side], data: x.data.filter((_, i) => i % width >= start && i % width < start + side) }
  })
}
