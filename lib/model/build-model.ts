import type { NetworkSpec, Weights } from '@/lib/engine/types'
import type { EncodedDataset } from './dataset'
import type { WindowsModel } from './model-file'
import { modelManifestSchema, MODEL_VERSION, networkSchema, type ModelManifest } from './model-manifest'

/** What a trained network is made a model with, beside what its manifest says of itself. */
export interface ModelParts extends Pick<ModelManifest, 'name' | 'preset' | 'inference' | 'data' | 'protocol' | 'settings' | 'engine' | 'metrics' | 'notes'> {
  readonly spec: NetworkSpec
  readonly dataset: Pick<EncodedDataset, 'inputs' | 'coder'>
  readonly weights: Weights
  /** ISO 8601; now unless told. */
  readonly created?: string
}

/** A model from a training run; throws a ZodError where the parts do not fit one another. */
export function buildModel(parts: ModelParts): WindowsModel {
  const { spec, dataset, weights, created, ...said } = parts
  const manifest = modelManifestSchema.parse({
    format: 'auditweave-model',
    version: MODEL_VERSION,
    family: 'windows',
    created: created ?? new Date().toISOString(),
    ...said,
    network: networkSchema.parse(spec),
    features: dataset.inputs.map((input) => ({ name: input.name, vocabulary: [...input.vocabulary.values] })),
    labels: dataset.coder.toData(),
  } satisfies Record<keyof ModelManifest, unknown>)
  return { manifest, weights }
}
