import { linesOfDataset } from '@/cli/training-source'
import { presetRunSettings, presetWindow } from '@/lib/experiments/preset-settings'
import { prepareRun, type PreparedRun } from '@/lib/experiments/prepare-run'
import { runSpecSchema } from '@/lib/experiments/run-spec'
import type { Network, Weights } from '@/lib/engine/types'
import { evaluateNetwork } from '@/lib/model/evaluate'
import { trainNetwork, type TrainingResult } from '@/lib/model/train'
import { windowStartsIn } from '@/lib/model/windows'
import { CostMeter, type Cost, type Setting } from './contender'

export interface Standing { readonly epoch: number; readonly accuracy: number; readonly cost: Cost }

/** Lines between the windows that score the test lines, the same for every recipe. */
const JUDGE_STRIDE = 5

export interface TimedTraining { readonly result: TrainingResult; readonly cost: Cost; readonly accuracy: number }

/**
 * Trains a preset over windows as `auditweave train` would and tells after each epoch how its present weights do on the test lines of
 * the blocked protocol. Ends when `done` says so, or as the preset does. The accuracy is that of the weights kept.
 */
export async function trainTimed(preset: string, setting: Setting, done: (standing: Standing) => boolean): Promise<TimedTraining> {
  const { engine, threads, lines, seed, log } = setting
  const spec = runSpecSchema.parse({ ...presetRunSettings(preset), preset, protocol: 'blocked', seed, lines, window: presetWindow(preset), maxSeconds: null, omitFeatures: [] })
  const prepared = prepareRun(spec, await linesOfDataset(log, { limit: lines }))
  const judge = await Judge.of(prepared, setting)
  const abort = new AbortController()
  let cost: Cost = { wall: 0, processor: 0 }
  const meter = new CostMeter()
  const result = await trainNetwork({
    engine, threads, spec: prepared.network, lines: prepared.dataset.lines, split: prepared.split, settings: prepared.settings, signal: abort.signal,
    onCheckpoint: async ({ epoch, weights }) => {
      cost = meter.stop()
      if (done({ epoch, cost, accuracy: await judge.accuracy(weights) })) abort.abort()
      meter.start()
    },
  })
  const accuracy = await judge.accuracy(result.weights)
  await judge.end()
  return { result, cost, accuracy }
}

/** A second network that scores weights, so that the one in training is left alone. */
class Judge {
  readonly #starts: Int32Array

  private constructor(readonly network: Network, readonly prepared: PreparedRun) {
    const { testLines, window } = prepared.split
    this.#starts = windowStartsIn(testLines, window, JUDGE_STRIDE, { flush: true })
  }

  static async of(prepared: PreparedRun, { engine, threads }: Setting): Promise<Judge> {
    const network = await engine.create(prepared.network, { threads, batch: 64, seed: 1, inferenceOnly: true })
    network.bind(prepared.dataset.lines)
    return new Judge(network, prepared)
  }

  async accuracy(weights: Weights): Promise<number> {
    this.network.setWeights(weights)
    const { lines } = await evaluateNetwork(this.network, this.prepared.dataset, this.#starts, { batch: 64, vote: 'weighted', decode: 'paper' })
    return lines.tupleAccuracy
  }

  end(): Promise<void> {
    return this.network.dispose()
  }
}
