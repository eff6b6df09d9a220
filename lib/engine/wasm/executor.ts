import type { Barrier } from './barrier'
import type { Graph } from './graph'
import type { Kernels } from './kernels'
import { LANES } from './layers/layer'
import type { PackJob, Pass, Shard } from './layers/layer'

/** What a batch is computed on. */
interface Batch {
  readonly windows: number
  /** Addresses of the lines' features and labels. */
  readonly features: number
  readonly labels: number
  /** Changes with the weights, so that threads know when their packed copies are old. */
  readonly weightsVersion: number
}

/** One order to all threads. `scale` is 1 / labels in the batch; `rate` has Adam's bias corrections in it. */
export type Command = Batch & (
  | { readonly kind: 'train'; readonly scale: number; readonly rate: number; readonly dropoutKey: number }
  | { readonly kind: 'gradients'; readonly scale: number }
  | { readonly kind: 'evaluate' }
  | { readonly kind: 'predict' }
)

const BETA_1 = 0.9
const BETA_2 = 0.999
const EPSILON = 1e-7

/** The rate that Adam's kernel takes at step `step` (from 1). */
export function adamRate(learningRate: number, step: number): number {
  return (learningRate * Math.sqrt(1 - BETA_2 ** step)) / (1 - BETA_1 ** step)
}

/** One thread's part of every command: its shards of the batch, its share of packing and of Adam. */
export class Executor {
  private packedForward = -1
  private packedBackward = -1

  constructor(
    private readonly graph: Graph, private readonly kernels: Kernels,
    private readonly barrier: Barrier, private readonly thread: number,
  ) {}

  run(command: Command): void {
    const { kind } = command
    const training = kind === 'train' || kind === 'gradients'
    const pass = this.pass(command, training)
    this.load(pass, command, kind !== 'predict')
    this.pack(command.weightsVersion, training)
    for (const layer of this.graph.layers) layer.forward(pass)
    if (kind === 'predict') this.graph.head.probability(pass)
    else if (kind === 'evaluate') this.graph.head.loss(pass, null)
    else {
      this.graph.head.loss(pass, command.scale)
      for (const layer of this.graph.layers.toReversed()) layer.backward(pass)
      this.barrier()
      if (kind === 'train') this.update(pass, command.rate)
      else this.reduce(pass)
    }
  }

  private pass(command: Command, training: boolean): Pass {
    const { graph, thread } = this
    const shardCount = Math.ceil(command.windows / LANES)
    const shards: Shard[] = []
    for (let index = thread; index < shardCount; index += graph.size.threads) {
      shards.push({ index, base: graph.firstShard + index * graph.shardStride, active: Math.min(LANES, command.windows - index * LANES) })
    }
    const scratch = graph.firstScratch + thread * graph.scratchStride
    return {
      kernels: this.kernels, barrier: this.barrier, thread, shards, shardCount, training,
      scratch, packing: scratch + graph.packing,
      firstShard: graph.firstShard, shardStride: graph.shardStride, windows: command.windows,
      learning: command.kind === 'train', dropoutKey: command.kind === 'train' ? command.dropoutKey : null,
    }
  }

  private load(pass: Pass, command: Command, labelled: boolean): void {
    const { graph, kernels } = this
    const { features, window, heads } = graph.spec
    for (const { base, index, active } of pass.shards) {
      const starts = graph.starts + index * LANES * 4
      kernels.gatherFeatures(command.features, starts, base + graph.input.values, features, window, LANES, active)
      kernels.laneMask(base + graph.mask, LANES, active)
      if (labelled) kernels.gatherLabels(command.labels, starts, base + graph.head.labels, heads, window, LANES, active)
    }
  }

  /** Each thread packs its share of every matrix that is out of date. */
  private pack(version: number, training: boolean): void {
    const forward = this.packedForward !== version
    const backward = training && this.packedBackward !== version
    if (!forward && !backward) return
    for (const layer of this.graph.layers) {
      for (const job of layer.packs) if (job.backward ? backward : forward) this.packShare(job)
    }
    this.packedForward = version
    if (training) this.packedBackward = version
    this.barrier()
  }

  private packShare({ target, source, rows, depth, rowStride, depthStride }: PackJob): void {
    const panel = this.kernels.panelRows()
    const units = Math.floor(rows / panel) + (rows % panel)
    const { threads } = this.graph.size
    const from = Math.floor((units * this.thread) / threads)
    const to = Math.floor((units * (this.thread + 1)) / threads)
    this.kernels.pack(target, source, rows, depth, rowStride, depthStride, from, to)
  }

  /** This thread's stretch of the trained weights, in whole cache lines. */
  private stretch(): { readonly from: number; readonly bytes: number } {
    const lines = this.graph.trainedBytes / 64
    const { threads } = this.graph.size
    const from = Math.floor((lines * this.thread) / threads) * 64
    return { from, bytes: Math.floor((lines * (this.thread + 1)) / threads) * 64 - from }
  }

  private update({ shardCount }: Pass, rate: number): void {
    const { graph, kernels } = this
    const { from, bytes } = this.stretch()
    kernels.adam(
      graph.weights + from, graph.firstShard + graph.gradients + from, graph.shardStride, shardCount,
      graph.first + from, graph.second + from, bytes, rate, BETA_1, BETA_2, EPSILON,
    )
  }

  private reduce({ shardCount }: Pass): void {
    const { graph, kernels } = this
    const { from, bytes } = this.stretch()
    kernels.reduceGradients(graph.firstShard + graph.gradients + from, graph.shardStride, shardCount, bytes)
  }
}
