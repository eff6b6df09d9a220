import { zipSync, type Zippable } from 'fflate'
import { headSizes, networkParameters } from '@/lib/engine/spec'
import type { LayerSpec } from '@/lib/engine/types'
import type { TrainedModel } from '../../model-file'
import { modelExport, type ExportOptions } from '../model-export'
import { inputOf, type NetworkExport } from '../network-export'
import { writeNpy } from './npy'

export const KERAS_FORMAT = 'auditweave-keras-npz'
export const KERAS_VERSION = 1
/** The archive's one member that is no array. */
export const DESCRIPTION = 'model.json'

/** A layer as `model.json` lists it, with the names of its arrays in the order of Keras's `set_weights`. */
export type KerasLayer = LayerSpec & { readonly weights: readonly string[] }

/** Times in the archive, so that the same model gives the same bytes: the earliest that the format knows. */
const TIME = new Date(1980, 0, 1)

/**
 * A model as NumPy's .npz: one float32 array a tensor, named as in weights.safetensors, in Keras's layout and gate order, and `model.json`
 * with the layers in order, the heads and the manifest. `docs/interchange.md` shows how Keras 3 takes it. Nothing in it can execute.
 */
export function toKerasNpz(model: TrainedModel, options: ExportOptions = {}): Uint8Array {
  return networkToKerasNpz(modelExport(model, options))
}

/** The same for a network that is no model of ours yet. @throws RangeError where a tensor is missing */
export function networkToKerasNpz(network: NetworkExport): Uint8Array {
  const files: Zippable = { [DESCRIPTION]: [new TextEncoder().encode(`${JSON.stringify(describe(network), null, 1)}\n`), { level: 0, mtime: TIME }] }
  for (const { name } of networkParameters(network.spec)) {
    const tensor = network.weights.get(name)
    if (!tensor) throw new RangeError(`the network has no tensor ${name}`)
    files[`${name}.npy`] = [writeNpy(tensor), { level: 0, mtime: TIME }]
  }
  return zipSync(files)
}

function describe({ spec, headNames, about, version }: NetworkExport): object {
  const names = networkParameters(spec).map(({ name }) => name)
  const sizes = headSizes(spec)
  return {
    format: KERAS_FORMAT,
    version: KERAS_VERSION,
    producer: `auditweave ${version}`.trim(),
    input: { name: inputOf(spec).name, features: spec.features, window: spec.window },
    layers: spec.layers.map((layer, index): KerasLayer => ({ ...layer, weights: names.filter((name) => name.startsWith(`layer${index}/`)) })),
    heads: headNames.map((name, head) => ({ name, classes: sizes[head] })),
    manifest: about,
  }
}
