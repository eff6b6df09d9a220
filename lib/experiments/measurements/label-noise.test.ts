import { describe, expect, it } from 'vitest'
import { reconstructByLabels } from '@/lib/contexts/by-labels'
import { SLOTS } from '@/lib/contexts/candidates'
import { loadEngine } from '@/lib/engine/load.node.ts'
import type { ActionLabel } from '@/lib/labels/action-label'
import { labelKey } from '@/lib/labels/label-key'
import { labelTable } from '@/lib/model/linked/label-linked'
import { candidateLabel } from '@/lib/model/linked/linked-lines'
import { wantedLabel } from '@/lib/model/linked/linked-target'
import { contextMeasures } from './context-measures'
import { defaultModel, findContexts, logFor, trueLabels } from './find-contexts'
import { measureLabelNoise } from './label-noise'
import { noisyPredictions, WRONG_WAYS } from './noisy-predictions'
import { depsFor, shippedData } from './testing/sample-deps'

const sample = await shippedData('sample')
const kept = logFor('linked', 'true')
kept.add(sample.events)
const measure = (method: 'links' | 'linked' | 'k8ntext' | 'k8ntext-2024', shares: number[], seed = 1) =>
  measureLabelNoise({ measurement: 'label-noise', lines: null, method, shares }, depsFor(sample, { seed }))

describe('measureLabelNoise', () => {
  it('changes nothing where no label is wrong', async () => {
    const plain = contextMeasures(sample.truth, await findContexts('linked', kept, () => new Map(), depsFor(sample)))
    for (const { measures } of await measure('linked', [0])) expect(measures).toEqual(plain)
    for (const method of ['k8ntext', 'k8ntext-2024'] as const) {
      const labels = trueLabels(sample.truth)
      const found = reconstructByLabels(kept.facts, kept.facts.map(({ auditID }) => labels.get(auditID) ?? null), method)
      expect((await measure(method, [0]))[0]?.measures).toEqual(contextMeasures(sample.truth, found))
    }
  })

  it('makes exactly the share of the labels wrong that the clusterers get', async () => {
    const count = trueLabels(sample.truth).size
    for (const { axes, measures } of await measure('k8ntext', [0, 0.03, 0.3])) {
      const wrong = Math.round(count * Number(axes.share))
      expect(measures.labelAccuracy).toBeCloseTo((count - wrong) / count, 3)
      expect(measures.labelCoverage).toBe(1)
    }
  })

  it('leaves links as they are, and takes contexts from the clusterers', async () => {
    const flat = await measure('links', [0, 0.3])
    expect(new Set(flat.map(({ measures }) => JSON.stringify(measures))).size).toBe(1)
    const [right, wrong] = await measure('k8ntext-2024', [0, 0.3])
    expect(wrong?.measures.b3F1).toBeLessThan((right?.measures.b3F1 ?? 0) - 0.1)
  })

  it('draws by the seed', async () => {
    const [one, again, other] = [await measure('k8ntext-2024', [0.1], 1), await measure('k8ntext-2024', [0.1], 1), await measure('k8ntext-2024', [0.1], 2)]
    expect(again).toEqual(one)
    expect(other).not.toEqual(one)
  })
})

describe('noisyPredictions', () => {
  it('puts into exactly the share of the lines a label that is neither true nor what was said, and points only at its own action', async () => {
    const { engine } = await loadEngine('wasm', { threads: 1 })
    const table = kept.table()
    const predictions = await labelTable(await defaultModel(depsFor(sample)), engine, table)
    const isOther = (line: number, label: ActionLabel | null): boolean => label !== null && ![predictions[line]?.label, wantedLabel(table, line, sample.truth)].some((right) => right && labelKey(right) === labelKey(label))
    for (const way of WRONG_WAYS) {
      const noisy = noisyPredictions(table, predictions, sample.truth, { share: 0.2, seed: 5, way })
      const changed = noisy.flatMap((prediction, line) => (prediction === predictions[line] ? [] : [{ prediction, line }]))
      expect(changed).toHaveLength(Math.round(predictions.length * 0.2))
      for (const { prediction: { label, slot, confidence }, line } of changed) {
        expect(isOther(line, label)).toBe(true)
        expect(confidence).toBe(predictions[line]?.confidence)
        if (slot >= 0) expect(labelKey(candidateLabel(table, line, slot) ?? {})).toBe(labelKey(label ?? {}))
      }
      const misled = changed.filter(({ line }) => SLOTS.some((_, slot) => isOther(line, candidateLabel(table, line, slot))))
      expect(misled.length).toBeGreaterThan(0)
      if (way === 'pointer') expect(misled.every(({ prediction }) => prediction.slot >= 0)).toBe(true)
    }
    expect(noisyPredictions(table, predictions, sample.truth, { share: 0, seed: 5, way: 'pointer' })).toEqual(predictions)
  })
})
