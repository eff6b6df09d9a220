import type { LayerSpec, NetworkSpec, Tensor, Weights } from '@/lib/engine/types'
import { float, int, ints, text, type GraphBuilder } from './graph-builder'
import { gateBiases, gateRows } from './lstm-gates'

/** What a layer's nodes are made from: values run as [window, batch, width], the order of ONNX's LSTM. */
interface Place { readonly graph: GraphBuilder; readonly prefix: string; readonly input: string; tensor(name: string): Tensor }

type Layer<Kind extends LayerSpec['kind']> = Extract<LayerSpec, { kind: Kind }>

/**
 * Adds the nodes of a network's layers at inference and returns the name of the last one's output.
 * @param input the name of the values [window, batch, features]
 */
export function addLayers(graph: GraphBuilder, spec: NetworkSpec, weights: Weights, input: string): string {
  const outputs: string[] = []
  spec.layers.forEach((layer, index) => {
    const prefix = `layer${index}`
    const tensor = (name: string): Tensor => {
      const found = weights.get(`${prefix}/${name}`)
      if (!found) throw new RangeError(`the network has no tensor ${prefix}/${name}`)
      return found
    }
    outputs.push(addLayer(layer, { graph, prefix, input: outputs[index - 1] ?? input, tensor }, outputs))
  })
  return outputs.at(-1) ?? input
}

function addLayer(layer: LayerSpec, place: Place, earlier: readonly string[]): string {
  switch (layer.kind) {
    case 'embedding': return embedding(layer, place)
    case 'bilstm': return bilstm(layer, place)
    case 'batchNorm': return batchNorm(layer, place)
    case 'layerNorm': return layerNorm(layer, place)
    case 'dense': return dense(layer, place)
    case 'add': return place.graph.node('Add', `${place.prefix}/output`, [place.input, earlier[layer.from] as string])
    // Nothing is dropped at inference.
    case 'dropout':
    case 'featureDropout': return place.input
  }
}

/** All features share one table, so each code is moved to the rows of its own feature first. */
function embedding({ sizes, dimension }: Layer<'embedding'>, { graph, prefix, input, tensor }: Place): string {
  let rows = 0
  const offsets = Int32Array.from(sizes, (size) => (rows += size) - size)
  const places = graph.node('Add', `${prefix}/rows`, [input, graph.tensor(`${prefix}/offsets`, [sizes.length], offsets)])
  const { shape, data } = tensor('table')
  const vectors = graph.node('Gather', `${prefix}/vectors`, [graph.tensor(`${prefix}/table`, shape, data), places], { axis: int(0) })
  return graph.node('Reshape', `${prefix}/output`, [vectors, graph.shape(`${prefix}/shape`, 0, 0, sizes.length * dimension)])
}

const WAYS = ['forward', 'backward'] as const

/** Both ways' values, one after the other. */
function both(part: (way: (typeof WAYS)[number]) => Float32Array): Float32Array {
  const [forward, backward] = WAYS.map(part) as [Float32Array, Float32Array]
  const joined = new Float32Array(forward.length + backward.length)
  joined.set(forward)
  joined.set(backward, forward.length)
  return joined
}

function bilstm({ units }: Layer<'bilstm'>, { graph, prefix, input, tensor }: Place): string {
  const width = tensor('forward/kernel').shape[0] as number
  const kernel = graph.tensor(`${prefix}/W`, [2, 4 * units, width], both((way) => gateRows(tensor(`${way}/kernel`))))
  const recurrent = graph.tensor(`${prefix}/R`, [2, 4 * units, units], both((way) => gateRows(tensor(`${way}/recurrentKernel`))))
  const bias = graph.tensor(`${prefix}/B`, [2, 8 * units], both((way) => gateBiases(tensor(`${way}/bias`))))
  const states = graph.node('LSTM', `${prefix}/states`, [input, kernel, recurrent, bias], { direction: text('bidirectional'), hidden_size: int(units) })
  // [window, way, batch, units]: the two ways go side by side.
  const turned = graph.node('Transpose', `${prefix}/turned`, [states], { perm: ints(0, 2, 1, 3) })
  return graph.node('Reshape', `${prefix}/output`, [turned, graph.shape(`${prefix}/shape`, 0, 0, 2 * units)])
}

/** At inference a batch norm is one factor and one shift for each value. */
function batchNorm({ epsilon }: Layer<'batchNorm'>, { graph, prefix, input, tensor }: Place): string {
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'movingMean', 'movingVariance'].map((name) => tensor(name).data) as [Float32Array, Float32Array, Float32Array, Float32Array]
  const factors = Float64Array.from(gamma, (value, i) => value / Math.sqrt((variance[i] as number) + epsilon))
  const scale = graph.tensor(`${prefix}/scale`, [gamma.length], Float32Array.from(factors))
  const shift = graph.tensor(`${prefix}/shift`, [gamma.length], Float32Array.from(beta, (value, i) => value - (mean[i] as number) * (factors[i] as number)))
  return graph.node('Add', `${prefix}/output`, [graph.node('Mul', `${prefix}/scaled`, [input, scale]), shift])
}

function layerNorm({ epsilon }: Layer<'layerNorm'>, { graph, prefix, input, tensor }: Place): string {
  const [gamma, beta] = ['gamma', 'beta'].map((name) => graph.tensor(`${prefix}/${name}`, tensor(name).shape, tensor(name).data)) as [string, string]
  return graph.node('LayerNormalization', `${prefix}/output`, [input, gamma, beta], { axis: int(2), epsilon: float(epsilon) })
}

function dense({ activation }: Layer<'dense'>, { graph, prefix, input, tensor }: Place): string {
  const kernel = graph.tensor(`${prefix}/kernel`, tensor('kernel').shape, tensor('kernel').data)
  const bias = graph.tensor(`${prefix}/bias`, tensor('bias').shape, tensor('bias').data)
  const product = graph.node('MatMul', `${prefix}/product`, [input, kernel])
  const sum = graph.node('Add', activation === 'linear' ? `${prefix}/output` : `${prefix}/sum`, [product, bias])
  if (activation === 'linear') return sum
  return activation === 'relu' ? graph.node('Relu', `${prefix}/output`, [sum]) : gelu(graph, prefix, sum)
}

/** 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))), from plain operators: ONNX has a Gelu only since operator set 20. */
function gelu(graph: GraphBuilder, prefix: string, x: string): string {
  const square = graph.node('Mul', `${prefix}/square`, [x, x])
  const cubic = graph.node('Mul', `${prefix}/cubic`, [square, graph.scalar(`${prefix}/c0`, 0.044715)])
  const factor = graph.node('Add', `${prefix}/factor`, [cubic, graph.scalar(`${prefix}/c1`, 1)])
  const slope = graph.node('Mul', `${prefix}/slope`, [x, graph.scalar(`${prefix}/c2`, Math.sqrt(2 / Math.PI))])
  const bent = graph.node('Tanh', `${prefix}/bent`, [graph.node('Mul', `${prefix}/bend`, [slope, factor])])
  const gate = graph.node('Add', `${prefix}/gate`, [bent, `${prefix}/c1`])
  const half = graph.node('Mul', `${prefix}/half`, [x, graph.scalar(`${prefix}/c3`, 0.5)])
  return graph.node('Mul', `${prefix}/output`, [half, gate])
}
