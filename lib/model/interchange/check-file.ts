import { headSizes } from '@/lib/engine/spec'
import type { Weights } from '@/lib/engine/types'
import { parseManifest, type AnyManifest } from '../model-file'
import { readTensors } from '../safetensors'
import { headNames } from './head-names'
import { readKerasNpz } from './keras/read-keras-npz'
import { inputOf } from './network-export'
import { checkOnnx } from './onnx/check-graph'
import type { OnnxModel } from './onnx/messages'
import { OnnxError, readOnnx } from './onnx/read'
import { METADATA_PREFIX } from './onnx/to-onnx'

/** A sound file, as far as it tells what it is. */
export interface CheckedFile {
  readonly format: 'onnx' | 'keras-npz' | 'safetensors' | 'manifest'
  /** Null for bare weights, which bear none. */
  readonly manifest: AnyManifest | null
  readonly tensors: number
  /** Numbers in all tensors. */
  readonly values: number
}

const startsWith = (bytes: Uint8Array, ...first: number[]): boolean => first.every((byte, i) => bytes[i] === byte)
const count = (weights: Weights): Pick<CheckedFile, 'tensors' | 'values'> => ({ tensors: weights.size, values: [...weights.values()].reduce((sum, { data }) => sum + data.length, 0) })

/**
 * Reads a file of ours whole, by its content and not its name: an export, `weights.safetensors` or `model.json`.
 * @throws AuditweaveError with what is wrong and what to do
 */
export function checkModelFile(bytes: Uint8Array): CheckedFile {
  if (startsWith(bytes, 0x50, 0x4b)) {
    const { manifest, weights } = readKerasNpz(bytes)
    return { format: 'keras-npz', manifest, ...count(weights) }
  }
  if (startsWith(bytes, 0x7b)) return { format: 'manifest', manifest: parseManifest(new TextDecoder().decode(bytes)), tensors: 0, values: 0 }
  // The first field of an ONNX file is its version, a small number; a safetensors header is longer than that.
  if (startsWith(bytes, 0x08) && (bytes[1] ?? 0xff) < 0x20 && bytes[8] !== 0x7b) return checkOnnxFile(readOnnx(bytes))
  return { format: 'safetensors', manifest: null, ...count(readTensors(bytes).tensors) }
}

/** Beside a graph that can be computed: the manifest in it, which must be of this network. */
function checkOnnxFile(model: OnnxModel): CheckedFile {
  checkOnnx(model)
  const manifest = parseManifest(JSON.stringify(Object.fromEntries(model.metadata.flatMap(([key, value]) => (key.startsWith(METADATA_PREFIX) ? [[key.slice(METADATA_PREFIX.length), parsed(key, value)]] : [])))))
  const { network } = manifest
  const wanted = [...headNames(manifest).map((name, head) => [name, 'batch', 'window', headSizes(network)[head]]), [inputOf(network).name, 'batch', 'window', network.features]]
  const found = [...model.graph.outputs, ...model.graph.inputs].map(({ name, shape }) => [name, ...shape])
  if (JSON.stringify(wanted) !== JSON.stringify(found)) throw new OnnxError('its inputs and outputs are not those of the manifest in it')
  const { initializers } = model.graph
  return { format: 'onnx', manifest, tensors: initializers.length, values: initializers.reduce((sum, { data }) => sum + data.length, 0) }
}

function parsed(key: string, value: string): unknown {
  try {
    return JSON.parse(value)
  } catch (cause) {
    throw new OnnxError(`its metadata "${key.slice(0, 80)}" are not JSON`, { cause })
  }
}
