import { beforeAll, describe, expect, test } from 'vitest'
import type { Engine, Weights } from '@/lib/engine/types'
import { loadInlineEngine, loadWasmEngine } from '@/lib/engine/wasm/engine.node.ts'
import { parseCheckpoint, serialiseCheckpoint, type Checkpoint } from './checkpoint'
import { encodeDataset } from './dataset'
import { evaluateNetwork } from './evaluate'
import { tinyLog } from './fixtures/tiny-log'
import { tinyNetwork } from './fixtures/tiny-model'
import { blockedSplit, paperSplit } from './splits'
import { trainNetwork, type TrainArguments } from './train'
import { trainingSettingsSchema } from './training-settings'
import { windowStarts } from './windows'

const LINES = 600
const W = 6
let engine: Engine
beforeAll(async () => { engine = await loadInlineEngine() })

const split = blockedSplit(LINES, W, { test: 0.2, validation: 0.1, stride: 3 })
const dataset = encodeDataset(tinyLog(LINES, 5), { fitted: split.fitted, paperIds: false })
const spec = tinyNetwork({ features: dataset.inputs.length, classes: dataset.coder.classes, window: W })
const settings = trainingSettingsSchema.parse({ epochs: 4, batch: 16, learningRate: 0.01, stride: 3, earlyStoppingPatience: 8, reducePatience: 4, reduceFactor: 0.1, seed: 11 })
const run = (more: Partial<TrainArguments> = {}) => trainNetwork({ engine, spec, lines: dataset.lines, split, settings, ...more })
const bits = (weights: Weights) => [...weights].map(([name, tensor]) => [name, Buffer.from(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength).toString('hex')])

describe('a run', () => {
  test('learns what its lines\' neighbours tell, on lines it never saw', async () => {
    const long = await run({ settings: { ...settings, epochs: 25 } })
    const network = await engine.create(spec, { threads: 1, batch: 16, seed: 0 })
    network.bind(dataset.lines)
    network.setWeights(long.weights)
    const scores = await evaluateNetwork(network, dataset, split.test, { batch: 16, vote: 'weighted', decode: 'valid' })
    await network.dispose()
    expect(scores.lines.count).toBe(split.testLines.to - split.testLines.from)
    expect(scores.lines.tupleAccuracy).toBeGreaterThan(0.9)
    expect(scores.windows.count).toBe(split.test.length * W)
    expect(scores.millisPerLine).toBeGreaterThan(0)
    expect(scores.perClass.reduce((sum, one) => sum + one.support, 0)).toBe(scores.lines.count)
    expect(scores.perClass[0]?.action).not.toBeNull()
  }, 60_000)

  test('tells every epoch and step, in order', async () => {
    const told: string[] = []
    const result = await run({
      settings: { ...settings, epochs: 2 },
      onProgress: ({ epoch, step, steps, loss }) => { if (step === steps) told.push(`end of steps ${epoch}`); expect(loss).toBeGreaterThan(0) },
      onEpoch: async ({ epoch }) => { await Promise.resolve(); told.push(`epoch ${epoch}`) },
      onCheckpoint: ({ epoch }) => { told.push(`checkpoint ${epoch}`) },
    })
    expect(told).toEqual(['end of steps 1', 'epoch 1', 'checkpoint 1', 'end of steps 2', 'epoch 2', 'checkpoint 2'])
    expect(result.stopped).toBe('epochs')
    expect(result.epochs.map((epoch) => epoch.epoch)).toEqual([1, 2])
    expect(result.seconds).toBeGreaterThanOrEqual(result.epochs.reduce((sum, epoch) => sum + epoch.seconds, 0))
  })

  test('is decided by its seed', async () => {
    const [first, again, other] = [await run(), await run(), await run({ settings: { ...settings, seed: 12 } })]
    expect(bits(again.weights)).toEqual(bits(first.weights))
    expect(bits(other.weights)).not.toEqual(bits(first.weights))
  })

  test('stops early when the validation loss no longer falls, lowers its rate, and keeps the best epoch\'s weights', async () => {
    const seen: Weights[] = []
    const changed = { ...settings, epochs: 200, learningRate: 0.2, earlyStoppingPatience: 3, reducePatience: 1 }
    const result = await run({ settings: changed, onCheckpoint: (checkpoint) => { seen.push(checkpoint.weights) } })
    const losses = result.epochs.map((epoch) => epoch.validationLoss)
    const best = losses.indexOf(Math.min(...losses))
    expect(result.stopped).toBe('earlyStopping')
    expect(result.best?.epoch).toBe(best + 1)
    expect(losses).toHaveLength(best + 1 + 3)
    expect(bits(result.weights)).toEqual(bits(seen[best]!))
    expect(bits(result.weights)).not.toEqual(bits(seen.at(-1)!))
    expect(result.epochs.at(-1)!.learningRate).toBeLessThan(0.2)
  }, 60_000)

  test('a time cap ends it with the best weights so far', async () => {
    const result = await run({ settings: { ...settings, epochs: 10_000, earlyStoppingPatience: 10_000, maxSeconds: 0.3 } })
    expect(result.stopped).toBe('maxSeconds')
    expect(result.epochs.length).toBeGreaterThan(0)
    // 10,000 epochs would take minutes.
    expect(result.epochs.length).toBeLessThan(5000)
  })

  test('a run that diverges says so', async () => {
    const { checkpoint } = await run({ settings: { ...settings, epochs: 1 } })
    const spoilt = new Map(checkpoint!.weights)
    spoilt.set('layer1/gamma', { shape: [24], data: new Float32Array(24).fill(Number.NaN) })
    await expect(run({ resume: { ...checkpoint!, weights: spoilt } })).rejects.toMatchObject({ code: 'training-diverged', message: expect.stringMatching(/epoch 2: take a lower/) })
  })

  test('a log without windows is refused', async () => {
    await expect(run({ split: { train: new Int32Array(0), validation: new Int32Array(0) } })).rejects.toMatchObject({ code: 'log-too-short' })
  })

  test('lines without labels are refused', async () => {
    await expect(run({ lines: { ...dataset.lines, labels: dataset.lines.labels.map(() => -1) } })).rejects.toMatchObject({ code: 'no-labels' })
  })
})

describe('resume', () => {
  test('from any epoch ends with the very weights of an uninterrupted run', async () => {
    const files: Uint8Array[] = []
    const whole = await run({ onCheckpoint: (checkpoint) => { files.push(serialiseCheckpoint(checkpoint)) } })
    for (const file of files.slice(0, 3)) {
      const resumed = await run({ resume: parseCheckpoint(file) })
      expect(bits(resumed.weights)).toEqual(bits(whole.weights))
      const figures = (epochs: typeof whole.epochs) => epochs.map((epoch) => ({ ...epoch, seconds: 0 }))
      expect(figures(resumed.epochs)).toEqual(figures(whole.epochs))
    }
  })

  test('after an abort in mid-epoch, with two threads and the paper\'s split', async () => {
    const threaded = await loadWasmEngine({ threads: 2 })
    const paper = paperSplit(windowStarts(LINES, W, 3), { test: 0.1, validation: 0.1, seed: 2, window: W, lines: LINES })
    const args = { engine: threaded, threads: 2, split: paper }
    const whole = await run(args)
    const controller = new AbortController()
    let kept: Checkpoint | null = null
    const cut = await run({
      ...args,
      signal: controller.signal,
      onCheckpoint: (checkpoint) => { kept = checkpoint },
      onProgress: ({ epoch, step }) => { if (epoch === 3 && step === 4) controller.abort() },
    })
    expect(cut.stopped).toBe('aborted')
    expect(cut.epochs).toHaveLength(2)
    expect(cut.checkpoint).toBe(kept)
    const resumed = await run({ ...args, resume: kept })
    expect(bits(resumed.weights)).toEqual(bits(whole.weights))
    expect(resumed.stopped).toBe('epochs')
  })

  test('a finished run may be given more epochs', async () => {
    const short = await run({ settings: { ...settings, epochs: 2 } })
    const more = await run({ resume: short.checkpoint })
    expect(bits(more.weights)).toEqual(bits((await run()).weights))
  })

  test('a checkpoint of another run, or a broken one, is refused', async () => {
    const { checkpoint } = await run({ settings: { ...settings, epochs: 1 } })
    await expect(run({ resume: checkpoint, settings: { ...settings, seed: 12 } })).rejects.toThrow(/of another run/)
    const file = serialiseCheckpoint(checkpoint!)
    expect(() => parseCheckpoint(file.subarray(0, file.length - 4))).toThrow(/truncated/)
    const text = new TextDecoder('latin1').decode(file)
    const spoilt = Uint8Array.from(text.replace('\\"version\\":1', '\\"version\\":7'), (letter) => letter.charCodeAt(0))
    expect(() => parseCheckpoint(spoilt)).toThrow(/cannot be resumed/)
  })
})

test('an abort before the first epoch ends leaves no checkpoint and the first weights', async () => {
  const result = await run({ signal: AbortSignal.abort() })
  expect(result).toMatchObject({ stopped: 'aborted', checkpoint: null, best: null, epochs: [] })
})
