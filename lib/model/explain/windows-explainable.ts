import { FEATURE_CATALOGUE } from '@/lib/features/catalogue'
import { decodeValue, UNKNOWN_CODE, MISSING_CODE } from '@/lib/features/vocabulary'
import type { ActionLabel } from '@/lib/labels/action-label'
import { VERB_CLASS_IDS } from '@/lib/labels/verbs'
import { encodeInputs } from '../dataset'
import { inferWindows } from '../infer'
import { classKey, HEADS, LabelCoder } from '../label-coder'
import { decodeDistribution } from '../label-decode'
import type { WindowsModel } from '../model-file'
import { coveringStarts } from '../windows'
import { unlabelled, type Explainable, type ExplainedFeature } from './explainable'

/** Windows a call of the engine. */
const EXPLAIN_BATCH = 32

/** A model of the paper's family over rows of the 39 features, with their true labels where they are known. */
export function explainWindows(model: WindowsModel, rows: readonly (readonly (string | null)[])[], labels: readonly (ActionLabel | null)[] = []): Explainable {
  const { manifest, weights } = model
  const inputs = manifest.features.map((feature) => ({ name: feature.name, vocabulary: { values: feature.vocabulary } }))
  const coder = LabelCoder.from(manifest.labels)
  const spec = { ...manifest.network, window: Math.min(manifest.network.window, rows.length) }
  const { stride, vote, decode } = manifest.inference
  const k = coder.classes
  return {
    name: manifest.name,
    family: 'windows',
    spec,
    weights,
    features: inputs.map(({ name, vocabulary }): ExplainedFeature => ({ name, group: groupOf(name), kind: 'event', text: (code) => textOf(name, decodeValue(code, vocabulary)) })),
    codes: { missing: MISSING_CODE, unknown: UNKNOWN_CODE },
    lines: rows.length,
    matrix: encodeInputs(rows, inputs),
    truth: rows.map((_, line) => { const label = labels[line] ?? null; return label === null ? null : classKey(label) }),
    answer(probabilities, offset) {
      const { tuple } = decodeDistribution(coder, probabilities, offset, decode)
      return { label: coder.label(tuple), key: coder.key(tuple), parts: coder.partsOf(tuple).map((index, head) => ({ head, class: index, weight: 1 / HEADS })) }
    },
    probability: (answer, probabilities, offset) => answer.parts.reduce((product, part) => product * (probabilities[offset + part.head * k + part.class] ?? 0), 1),
    verdicts: { of: (_, key) => key, key: (_, verdict) => verdict },
    async label(engine, matrix, range, { threads = 1, signal }) {
      const begin = Math.max(0, Math.min(range.from, range.to - spec.window))
      const starts = coveringStarts(range.to - begin, spec.window, Math.min(stride, spec.window))
      const network = await engine.create(spec, { threads, batch: EXPLAIN_BATCH, seed: 0, inferenceOnly: true })
      try {
        network.bind(unlabelled(spec, range.to - begin, matrix.subarray(begin * inputs.length, range.to * inputs.length)))
        network.setWeights(weights)
        const predictions = await inferWindows(network, range.to - begin, starts, { coder, batch: EXPLAIN_BATCH, vote, decode, ...(signal ? { signal } : {}) })
        return predictions.slice(range.from - begin).map((prediction) => (prediction ? { key: coder.key(prediction.tuple), confidence: prediction.confidence } : null))
      } finally {
        await network.dispose()
      }
    },
  }
}

const GROUPS = new Map(FEATURE_CATALOGUE.map(({ name, group }) => [name, group]))
const VERBS = new Map<string, string>(Object.entries(VERB_CLASS_IDS).map(([verb, id]) => [String(id), verb]))

/** Where a feature of the catalogue is read from. */
function groupOf(name: string): string {
  return GROUPS.get(name) ?? name
}

/** A verb is written as its class's id in the rows. */
function textOf(name: string, value: string | null | undefined): string | null {
  if (value === undefined) return 'unknown'
  return name === 'verb' && value !== null ? (VERBS.get(value) ?? value) : value
}
