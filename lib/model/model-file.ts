import { AuditweaveError } from '@/lib/audit/errors'
import { networkParameters, validateNetwork } from '@/lib/engine/spec'
import type { NetworkSpec, Weights } from '@/lib/engine/types'
import { duplicateKey } from './duplicate-key'
import { linkedManifestSchema, type LinkedManifest } from './linked/linked-manifest'
import { modelManifestSchema, type ModelManifest } from './model-manifest'
import { readTensors, WeightsError, writeTensors } from './safetensors'

/** A model of the paper's kind as used: checked manifest and weights that fit its network. */
export interface WindowsModel { readonly manifest: ModelManifest; readonly weights: Weights }
/** The same of our own kind. */
export interface LinkedModel { readonly manifest: LinkedManifest; readonly weights: Weights }
export type AnyManifest = ModelManifest | LinkedManifest
/** A model of either kind; the guards below tell which. */
export interface TrainedModel { readonly manifest: AnyManifest; readonly weights: Weights }

export function isLinkedModel(model: TrainedModel): model is LinkedModel { return model.manifest.family === 'linked' }
export function isWindowsModel(model: TrainedModel): model is WindowsModel { return model.manifest.family === 'windows' }

/** The two files of a model folder. */
export const MANIFEST_FILE = 'model.json'
export const WEIGHTS_FILE = 'weights.safetensors'

const bad = (detail: string): AuditweaveError => new AuditweaveError('bad-model', `The model's ${MANIFEST_FILE} is not usable: ${detail}. Take the model folder again from where it was made.`)

/** Reads and checks both files; throws 'bad-model' or 'bad-weights' and never yields a model in part. */
export function parseModel(json: string, weightsBytes: Uint8Array): TrainedModel {
  const manifest = parseManifest(json)
  const { tensors } = readTensors(weightsBytes)
  checkWeights(manifest.network, tensors)
  return { manifest, weights: tensors }
}

/** The manifest alone, for listings. */
export function parseManifest(json: string): AnyManifest {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (cause) {
    throw bad(`it is not JSON (${(cause as Error).message})`)
  }
  const twice = duplicateKey(json)
  if (twice !== null) throw bad(`it has the key "${twice}" twice`)
  const parsed = schemaOf(value).safeParse(value)
  if (parsed.success) {
    validateNetwork(parsed.data.network, 1)
    return parsed.data
  }
  const issue = parsed.error.issues[0]
  throw bad(`${issue?.path.length ? `${issue.path.join('.')}: ` : ''}${issue?.message ?? 'it does not fit the format'}`)
}

function schemaOf(value: unknown): typeof modelManifestSchema | typeof linkedManifestSchema {
  return typeof value === 'object' && value !== null && 'family' in value && value.family === 'linked' ? linkedManifestSchema : modelManifestSchema
}

/** Both files of a model; what is written parses again. */
export function serialiseModel(model: TrainedModel): { readonly json: string; readonly weights: Uint8Array } {
  const manifest = schemaOf(model.manifest).parse(model.manifest)
  checkWeights(manifest.network, model.weights)
  return { json: `${JSON.stringify(manifest, null, 1)}\n`, weights: writeTensors({ tensors: model.weights, metadata: { format: 'auditweave-model', name: manifest.name } }) }
}

/** Weights must be exactly the tensors that the network has. */
export function checkWeights(spec: NetworkSpec, weights: Weights): void {
  const wanted = networkParameters(spec)
  for (const { name, shape } of wanted) {
    const tensor = weights.get(name)
    if (!tensor) throw new WeightsError(`tensor "${name}" of the network is not in it.`)
    if (tensor.shape.length !== shape.length || tensor.shape.some((side, i) => side !== shape[i])) {
      throw new WeightsError(`tensor "${name}" has shape [${tensor.shape.join(', ')}] where the network has [${shape.join(', ')}].`)
    }
    if (name.endsWith('/movingVariance') && tensor.data.some((value) => value < 0)) throw new WeightsError(`tensor "${name}" holds a negative variance.`)
  }
  const known = new Set(wanted.map((parameter) => parameter.name))
  for (const name of weights.keys()) if (!known.has(name)) throw new WeightsError(`tensor "${name}" belongs to no layer of the network.`)
}
