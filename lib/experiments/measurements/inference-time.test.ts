import { expect, it } from 'vitest'
import type { NetworkSpec } from '@/lib/engine/types'
import { loadEngine } from '@/lib/engine/load.node.ts'
import { measureInferenceTime } from './inference-time'
import { depsFor, shippedData } from './testing/sample-deps'
import { TimedEngine } from './timed-engine'

const sample = await shippedData('sample')
const settings = { measurement: 'inference-time', lines: 200, preset: 'k8ntext-small', window: 10, inferStride: 2, batch: 16, repetitions: 3 } as const

it('times a network of the preset\'s size on the first lines', async () => {
  const [point] = await measureInferenceTime(settings, depsFor(sample))
  const { inferMillisPerLine = 0, modelMillisPerLine = 0, linesPerSecond, inferredLines } = point?.measures ?? {}
  expect(inferredLines).toBe(200)
  expect(modelMillisPerLine).toBeGreaterThan(0)
  expect(inferMillisPerLine).toBeGreaterThan(modelMillisPerLine)
  expect(linesPerSecond).toBeCloseTo(1000 / inferMillisPerLine, 6)
})

it('builds the paper\'s network at its published size', async () => {
  const [point] = await measureInferenceTime({ ...settings, preset: 'k8ntext', window: 5, lines: 40, repetitions: 1 }, depsFor(sample))
  // "about 718,000 parameters": 59 classes, to which the ids of the log's own labels add
  expect(Math.abs((point?.measures.parameters ?? 0) - 718_000)).toBeLessThan(0.03 * 718_000)
})

it('times the linked network over the requests of the log', async () => {
  const [point] = await measureInferenceTime({ ...settings, preset: 'linked', window: 32, inferStride: 24, lines: 300 }, depsFor(sample))
  const requests = new Set(sample.events.slice(0, 300).filter(({ objectRef }) => objectRef?.resource).map(({ auditID }) => auditID)).size
  expect(point?.measures.inferredLines).toBe(requests)
  expect(point?.measures.inferMillisPerLine).toBeGreaterThan(0)
})

it('changes nothing of what a network answers', async () => {
  const { engine } = await loadEngine('wasm', { threads: 1 })
  const spec: NetworkSpec = { features: 2, window: 3, layers: [{ kind: 'bilstm', units: 2 }, { kind: 'dense', units: 4, activation: 'linear' }], heads: 2, classes: 2, loss: { kind: 'crossEntropy' } }
  const clock = new TimedEngine(engine)
  const answers = await Promise.all([engine, clock].map(async (one) => {
    const network = await one.create(spec, { threads: 1, batch: 2, seed: 4, inferenceOnly: true })
    network.bind({ lines: 4, features: Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8]), labels: new Int32Array(8) })
    const answer = await network.predict(Int32Array.from([0, 1]))
    await network.dispose()
    return [...answer]
  }))
  expect(answers[1]).toEqual(answers[0])
  expect(clock.predicting).toBeGreaterThan(0)
})
