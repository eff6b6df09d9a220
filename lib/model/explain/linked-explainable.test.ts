import { beforeAll, describe, expect, test } from 'vitest'
import { allScenarios } from '@/lib/contexts/testing/scenarios'
import { initialWeights } from '@/lib/engine/initial-weights'
import type { Engine } from '@/lib/engine/types'
import { loadInlineEngine } from '@/lib/engine/wasm/engine.node.ts'
import { LinkedCoder } from '../linked/linked-coder'
import { decodeLinked } from '../linked/linked-decode'
import { candidateLabel, LinkedLines } from '../linked/linked-lines'
import { linkedNetwork } from '../linked/linked-network'
import { codeSizes, fitVocabulary } from '../linked/linked-vocabulary'
import { SLOTS } from '@/lib/contexts/candidates'
import type { LinkedModel } from '../model-file'
import { distilTree } from './distil'
import { explainLine } from './explain-line'
import { outputsOf, unlabelled } from './explainable'
import { explainLinked } from './linked-explainable'

// An untrained network: what is tested is that its answers are read alike everywhere.
const lines = new LinkedLines()
for (const { events } of allScenarios()) lines.add(events)
const table = lines.table()
const own = Array.from(table.eventOf, (index) => table.events[index]?.label ?? null)
const coder = LinkedCoder.fit(own)
const vocabularies = fitVocabulary([{ columns: table.columns, fitted: () => true }], 1)
const features = table.columns.names.map((name, i) => ({ name, vocabulary: [...(vocabularies[i] ?? [])] }))
const network = linkedNetwork({ window: 16, dimension: 4, units: 8, featureDropout: 0, dropout: 0 }, codeSizes(vocabularies), { resources: coder.resources, actions: coder.actions })
const model = { manifest: { name: 'untrained', family: 'linked', network, features, labels: coder.data, inference: { stride: 8 } }, weights: initialWeights(network, 7) } as unknown as LinkedModel
const subject = explainLinked(model, table, own)

let engine: Engine
beforeAll(async () => { engine = await loadInlineEngine() })

describe('a linked model', () => {
  test('reads an answer and its probability as decoding does, on every line', async () => {
    const running = await engine.create(subject.spec, { threads: 1, batch: 32, seed: 0, inferenceOnly: true })
    running.bind(unlabelled(subject.spec, subject.lines, subject.matrix))
    running.setWeights(subject.weights)
    const starts = Int32Array.from({ length: Math.floor(subject.lines / 16) }, (_, i) => i * 16)
    const outputs = await running.predict(starts)
    await running.dispose()
    for (let line = 0; line < starts.length * 16; line++) {
      const offset = line * outputsOf(subject.spec)
      const wanted = decodeLinked(coder, outputs, offset, own[line] ?? null, SLOTS.map((_, slot) => candidateLabel(table, line, slot)))
      const answer = subject.answer(outputs, offset, line)
      expect(answer.label).toEqual(wanted.label)
      // Decoding counts the network's own words only where no others are likelier.
      const probability = subject.probability(answer, outputs, offset, line)
      expect(probability).toBeGreaterThan(wanted.confidence - 1e-6)
      expect(probability - wanted.confidence).toBeLessThan(1e-3)
    }
  })
  test('has a verdict for every label, which gives it back', () => {
    const seen = new Set<string>()
    for (let line = 0; line < subject.lines; line++) {
      for (const key of new Set([subject.truth[line], ...SLOTS.map((slot) => subject.verdicts.key(line, `action of link.${slot}`)), '/pods||1|1|1'])) {
        if (key == null) continue
        const verdict = subject.verdicts.of(line, key)
        seen.add(verdict.split(' ')[0] ?? '')
        expect(subject.verdicts.key(line, verdict)).toBe(key)
      }
    }
    expect([...seen].toSorted()).toEqual(['action', 'label', 'own'])
  })
  test('weighs each slot as one group, and all of them together', async () => {
    const why = await explainLine(subject, engine, 30)
    expect(why.groups.filter(({ kind }) => kind === 'link').map(({ name }) => name).toSorted()).toEqual(SLOTS.map((slot) => `link.${slot}`).toSorted())
    expect(why.wholes.map(({ name }) => name)).toContain('all links')
    expect(why.features).toHaveLength(features.length)
    if (why.check) expect(why.check.total).toBeCloseTo(why.check.change, 2)
  })
  test('is distilled into verdicts', async () => {
    const tree = await distilTree(subject, engine, { train: { from: 0, to: 100 }, test: { from: 100, to: subject.lines } })
    expect(tree.verdicts).toBeLessThanOrEqual(tree.labels + SLOTS.length + 1)
    expect(tree.fidelity.lines).toBe(subject.lines - 100)
  })
})
