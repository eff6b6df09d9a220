import type { ConfidenceMap } from '@/lib/model/confidence-map'
import { getPreset } from '@/lib/model/presets'
import { MODEL_VERSION, networkSchema, type ModelManifest } from '@/lib/model/model-manifest'
import type { HeldOut } from '@/lib/model/protocol'
import type { LoadedSplit, TrainingLines } from './execute-types'
import type { PreparedRun } from './prepare-run'
import type { RunMetrics, RunSpec } from './run-spec'

interface Made {
  readonly spec: RunSpec
  readonly lines: TrainingLines
  readonly stored?: LoadedSplit | null
  readonly prepared: PreparedRun
  readonly metrics: RunMetrics
  readonly engine: string
  readonly confidence: ConfidenceMap
}

/** Model names are ids, so that they may stand in addresses and folders. */
export function runModelName({ preset, window, protocol, fold, seed }: RunSpec): string {
  return `${preset}-w${window}-${protocol}${fold ? `-k${fold.k}f${fold.fold}` : ''}-s${seed}`
}

/** How a run's test lines are held out, as its model tells it. */
export function heldOutBy({ protocol, split, fold, scoredOn }: Pick<RunSpec, 'protocol' | 'split' | 'fold' | 'scoredOn'>, stored: LoadedSplit | null = null): HeldOut {
  if (stored) return { name: protocol, ...sharesOf(stored), split: { name: stored.name, version: stored.version } }
  return { name: protocol, test: fold ? 1 / fold.k : split.test, validation: split.validation, ...(fold ? { fold } : {}), ...(scoredOn === undefined ? {} : { scoredOn }) }
}

/** Of the requests that are in any part. */
export function sharesOf({ partOf }: LoadedSplit): { readonly test: number; readonly validation: number } {
  const counts = [0, 0, 0]
  for (const part of partOf.values()) counts[part]!++
  return { validation: (counts[1] ?? 0) / partOf.size, test: (counts[2] ?? 0) / partOf.size }
}

/** The model card as data: what it was trained on, how, and what it scored under which protocol. */
export function runManifest({ spec, lines, stored, prepared, metrics, engine, confidence }: Made): ModelManifest {
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
    protocol: heldOutBy(spec, stored),
    settings: prepared.settings,
    engine,
    metrics,
    notes: '',
  }
}
