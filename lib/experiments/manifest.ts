import type { ConfidenceMap } from '@/lib/model/confidence-map'
import { getPreset } from '@/lib/model/presets'
import { MODEL_VERSION, networkSchema, type ModelManifest } from '@/lib/model/model-manifest'
import type { TrainingLines } from './execute-types'
import type { PreparedRun } from './prepare-run'
import type { RunMetrics, RunSpec } from './run-spec'

interface Made {
  readonly spec: RunSpec
  readonly lines: TrainingLines
  readonly prepared: PreparedRun
  readonly metrics: RunMetrics
  readonly engine: string
  readonly confidence: ConfidenceMap
}

/** Model names are ids, so that they may stand in addresses and folders. */
export function runModelName(spec: RunSpec): string {
  return `${spec.preset}-w${spec.window}-${spec.protocol}-s${spec.seed}`
}

/** The model card as data: what it was trained on, how, and what it scored under which protocol. */
export function runManifest({ spec, lines, prepared, metrics, engine, confidence }: Made): ModelManifest {
  const { inference } = getPreset(spec.preset)
  return {
    format: 'auditweave-model',
    version: MODEL_VERSION,
    family: 'windows',
    name: runModelName(spec),
    created: new Date().toISOString(),
    preset: spec.preset,
    network: networkSchema.parse(prepared.network),
    features: prepared.dataset.inputs.map(({ name, vocabulary }) => ({ name, vocabulary: [...vocabulary.values] })),
    labels: prepared.dataset.coder.toData(),
    inference: { stride: Math.min(inference.stride, spec.window), vote: spec.vote, decode: inference.decode, confidence },
    data: { name: lines.source.name, sha256: lines.source.sha256, lines: lines.table.lines },
    protocol: { name: spec.protocol, ...spec.split },
    settings: prepared.settings,
    engine,
    metrics,
    notes: '',
  }
}
