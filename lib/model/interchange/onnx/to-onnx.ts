import { headSizes } from '@/lib/engine/spec'
import type { TrainedModel } from '../../model-file'
import { modelExport, type ExportOptions } from '../model-export'
import { inputOf, type NetworkExport } from '../network-export'
import { GraphBuilder, int, ints } from './graph-builder'
import { addLayers } from './layers'
import type { OnnxGraph, OnnxModel, OnnxValue } from './messages'
import { writeOnnx } from './write'

/** The oldest operator set with LayerNormalization, and the file version of its time: onnxruntime from 1.12 on reads it. */
const OPSET = 17
const IR_VERSION = 8

/** Keys of our metadata, one for each part of the manifest. */
export const METADATA_PREFIX = 'auditweave.'

/**
 * A model as an ONNX file (https://onnx.ai): input `codes` or `features` [batch, window, F], any batch and window; one output a head,
 * its probabilities [batch, window, classes]. The manifest goes along as metadata, one JSON text a part: `auditweave.features`
 * holds the vocabularies, `auditweave.labels` what classes mean. The same model gives the same bytes.
 */
export function toOnnx(model: TrainedModel, options: ExportOptions = {}): Uint8Array {
  return networkToOnnx(modelExport(model, options))
}

/** The same for a network that is no model of ours yet. @throws RangeError where weights or head names do not fit the network */
export function networkToOnnx(network: NetworkExport): Uint8Array {
  const model: OnnxModel = {
    irVersion: IR_VERSION,
    opset: OPSET,
    producer: { name: 'auditweave', version: network.version },
    doc: describe(network),
    metadata: Object.entries(network.about).flatMap(([key, value]) => (value === undefined ? [] : [[METADATA_PREFIX + key, JSON.stringify(value)] as const])),
    graph: graphOf(network),
  }
  return writeOnnx(model)
}

function graphOf({ name, spec, weights, headNames }: NetworkExport): OnnxGraph {
  const sizes = headSizes(spec)
  if (headNames.length !== sizes.length || new Set(headNames).size !== sizes.length) throw new RangeError(`${sizes.length} heads need as many different names, not ${headNames.join(', ')}`)
  const graph = new GraphBuilder()
  const input = inputOf(spec)
  const turned = graph.node('Transpose', 'windows', [input.name], { perm: ints(1, 0, 2) })
  const last = addLayers(graph, spec, weights, turned)
  const turnedBack = graph.node('Transpose', 'outputs', [last], { perm: ints(1, 0, 2) })
  const parts = sizes.length === 1 ? [turnedBack] : headNames.map((head) => `${head}/logits`)
  if (sizes.length > 1) graph.split('Split', 'heads', [turnedBack, graph.tensor('heads/sizes', [sizes.length], BigInt64Array.from(sizes, BigInt))], parts, { axis: int(2) })
  headNames.forEach((head, i) => graph.node('Softmax', head, [parts[i] as string], { axis: int(2) }))
  return {
    name,
    nodes: graph.nodes,
    initializers: graph.initializers,
    inputs: [{ ...input, shape: ['batch', 'window', spec.features], doc: INPUT_DOC[input.name] }],
    outputs: headNames.map((head, i): OnnxValue => ({ name: head, type: 'float', shape: ['batch', 'window', sizes[i] as number], doc: 'Probability of each class.' })),
  }
}

const INPUT_DOC = {
  codes: 'Each line\'s values as codes, one for each entry of auditweave.features: 0 missing, 1 unknown, the i-th value of its vocabulary i + 2.',
  features: 'Each line\'s values as numbers: 0 missing, 1 unknown, the i-th value of the feature\'s vocabulary (auditweave.features) i + 2.',
} as const

function describe({ name, spec, headNames }: NetworkExport): string {
  return `${name}: probabilities of ${headNames.join(', ')} for each line of a window of consecutive audit log lines. Trained on windows of ${spec.window} lines; any length runs. The metadata hold the model's manifest, one JSON text a part.`
}
