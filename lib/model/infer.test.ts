import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Network } from '@/lib/engine/types'
import { makeLabel } from '@/lib/labels/codec'
import { inferChunks, inferLines, inferWindows, type InferOptions } from './infer'
import { inferVotes } from './infer-votes'
import { HEADS, LabelCoder } from './label-coder'
import { VOTES } from './vote'
import { coveringStarts, windowStarts } from './windows'

const pods = makeLabel({ group: '', resource: 'pods', verb: 'create', namespaced: true, single: true })
const nodes = makeLabel({ group: '', resource: 'nodes', verb: 'get', namespaced: false, single: false })
const coder = LabelCoder.fit([pods, nodes], { paperIds: false })

/** A network that answers by a rule, so that a test knows what every window says. */
function ruled(window: number, rule: (start: number, place: number) => typeof pods): Network {
  const width = HEADS * coder.classes
  const never = (): never => { throw new Error('only predict is used at inference') }
  return {
    spec: { features: 1, window, layers: [], heads: HEADS, classes: coder.classes, loss: { kind: 'crossEntropy' } },
    bind: never, weights: never, setWeights: never, optimizer: never, setOptimizer: never, step: never, gradients: never, evaluate: never, dispose: never,
    predict: (starts) => {
      const values = new Float32Array(starts.length * window * width)
      starts.forEach((start, i) => {
        for (let j = 0; j < window; j++) {
          coder.encode(rule(start, j)).forEach((index, head) => { values[(i * window + j) * width + head * coder.classes + index] = 1 })
        }
      })
      return Promise.resolve(values)
    },
  }
}
const options: InferOptions = { coder, batch: 4, vote: 'weighted', decode: 'paper' }

describe('several votes at once', () => {
  test('give what each vote gives by itself', async () => {
    const shapes = fc.record({ W: fc.integer({ min: 1, max: 8 }), more: fc.integer({ min: 0, max: 30 }), stride: fc.integer({ min: 1, max: 8 }), batch: fc.integer({ min: 1, max: 9 }), seed: fc.integer({ min: 1, max: 99 }) })
    await fc.assert(fc.asyncProperty(shapes, async ({ W, more, stride, batch, seed }) => {
      const lines = W + more
      const network = ruled(W, (start, j) => ((start * seed + j * j) % 3 === 0 ? pods : nodes))
      const starts = windowStarts(lines, W, stride)
      const voted = await inferVotes(network, lines, starts, { ...options, batch, votes: VOTES })
      expect(voted.map(({ vote }) => vote)).toEqual(VOTES)
      for (const { vote, predictions } of voted) expect(predictions).toEqual(await inferWindows(network, lines, starts, { ...options, batch, vote }))
    }), { numRuns: 40 })
  })
})

describe('every line is labelled once', () => {
  test('at any length, window, stride and batch', async () => {
    const shapes = fc.record({ W: fc.integer({ min: 1, max: 12 }), more: fc.integer({ min: 0, max: 60 }), stride: fc.integer({ min: 1, max: 15 }), batch: fc.integer({ min: 1, max: 9 }) })
    await fc.assert(fc.asyncProperty(shapes, async ({ W, more, stride, batch }) => {
      const lines = W + more
      const network = ruled(W, (start, j) => ((start + j) % 3 === 0 ? pods : nodes))
      const predictions = await inferLines(network, lines, { ...options, batch, stride })
      expect(predictions.map((prediction) => prediction.label?.resource)).toEqual(Array.from({ length: lines }, (_, line) => (line % 3 === 0 ? 'pods' : 'nodes')))
    }))
  })
  test('chunks are in order, without holes, and come before the end', async () => {
    const network = ruled(6, () => pods)
    let next = 0
    let chunks = 0
    for await (const chunk of inferChunks(network, coveringStarts(50, 6, 2), options)) {
      expect(chunk.from).toBe(next)
      next += chunk.predictions.length
      chunks++
    }
    expect(next).toBe(50)
    expect(chunks).toBeGreaterThan(3)
  })
  test('lines that no window holds are null', async () => {
    const predictions = await inferWindows(ruled(3, () => pods), 10, Int32Array.of(6, 1), options)
    expect(predictions.map((prediction) => prediction !== null)).toEqual([false, true, true, true, false, false, true, true, true, false])
  })
})

describe('votes', () => {
  // At stride 1 line 4 stands at place 4 of window 0, place 3 of window 1, ... and place 0 of window 4.
  const starts = windowStarts(9, 5, 1)
  const atLine4 = async (vote: InferOptions['vote'], rule: (start: number) => typeof pods) =>
    (await inferWindows(ruled(5, (start) => rule(start)), 9, starts, { ...options, vote }))[4]

  test('the middle of a window outweighs its edges', async () => {
    const middle = (start: number) => (start === 2 || start === 1 ? pods : nodes)
    expect(await atLine4('majority', middle)).toMatchObject({ label: { resource: 'nodes' }, runnerUp: { resource: 'pods' } })
    expect(await atLine4('weighted', middle)).toMatchObject({ label: { resource: 'pods' }, runnerUp: { resource: 'nodes' } })
    expect(await atLine4('probability', middle)).toMatchObject({ label: { resource: 'pods' } })
  })
  test('a tie goes to the earlier window', async () => {
    const two = await inferWindows(ruled(2, (start) => (start === 0 ? nodes : pods)), 3, Int32Array.of(1, 0), { ...options, vote: 'majority' })
    expect(two[1]).toMatchObject({ label: { resource: 'nodes' }, margin: 0, confidence: 0.5 })
  })
  test('agreement is full confidence', async () => {
    expect(await atLine4('weighted', () => pods)).toMatchObject({ confidence: 1, margin: 1, runnerUp: null })
  })
})

test('an abort ends inference', async () => {
  await expect(inferLines(ruled(3, () => pods), 30, { ...options, stride: 1, signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
})

test('a coder of another size is refused', async () => {
  await expect(inferLines(ruled(3, () => pods), 30, { ...options, stride: 1, coder: LabelCoder.fit([]) })).rejects.toThrow(/outputs/)
})
