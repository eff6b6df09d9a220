import type { Barrier } from './barrier'
import { clipBlocks } from './clip-blocks'
import type { ClipBlock } from './clip-blocks'
import type { Graph } from './graph'
import type { Kernels } from './kernels'

const BETA_1 = 0.9
const BETA_2 = 0.999
const EPSILON = 1e-7

/** The rate that Adam's kernel takes at step `step` (from 1). */
export function adamRate(learningRate: number, step: number): number {
  return (learningRate * Math.sqrt(1 - BETA_2 ** step)) / (1 - BETA_1 ** step)
}

/** A stretch of the trained weights, in bytes. */
interface Stretch { readonly from: number; readonly bytes: number }

/** One thread's share of the sums over shards, of clipping and of Adam. */
export class Optimizer {
  /** This thread's. */
  private readonly blocks: readonly ClipBlock[]

  constructor(
    private readonly graph: Graph, private readonly kernels: Kernels,
    private readonly barrier: Barrier, private readonly thread: number,
  ) {
    const all = graph.size.training ? clipBlocks(graph.trainedTensors, graph.squares) : []
    const share = (index: number): number => Math.floor((all.length * index) / graph.size.threads)
    this.blocks = all.slice(share(thread), share(thread + 1))
  }

  /** One step over the sum of the shards' gradients; each tensor's is at most `clipNorm` long. */
  update(shards: number, rate: number, clipNorm: number | null): void {
    if (clipNorm === null) this.adam(this.stretch(), shards, 1, rate)
    else this.clippedUpdate(shards, rate, clipNorm)
  }

  /** The first shard's gradients become the sums over all. */
  reduce(shards: number): void {
    const { graph, kernels } = this
    const { from, bytes } = this.stretch()
    kernels.reduceGradients(graph.firstShard + graph.gradients + from, graph.shardStride, shards, bytes)
  }

  /** Sums of squares go by blocks that no number of threads moves, and are added in their order. */
  private clippedUpdate(shards: number, rate: number, clipNorm: number): void {
    const { graph, kernels } = this
    for (const { from, bytes, squares } of this.blocks) {
      kernels.reduceSquares(graph.firstShard + graph.gradients + from, graph.shardStride, shards, bytes, squares)
    }
    this.barrier()
    for (const block of this.blocks) {
      const factor = kernels.clipFactor(block.tensor.squares, block.tensor.blocks, clipNorm)
      this.adam(block, 1, factor, rate)
    }
  }

  private adam({ from, bytes }: Stretch, shards: number, factor: number, rate: number): void {
    const { graph, kernels } = this
    kernels.adam(
      graph.weights + from, graph.firstShard + graph.gradients + from, graph.shardStride, shards,
      graph.first + from, graph.second + from, bytes, factor, rate, BETA_1, BETA_2, EPSILON,
    )
  }

  /** This thread's stretch of the trained weights, in whole cache lines. */
  private stretch(): Stretch {
    const lines = this.graph.trainedBytes / 64
    const { threads } = this.graph.size
    const from = Math.floor((lines * this.thread) / threads) * 64
    return { from, bytes: Math.floor((lines * (this.thread + 1)) / threads) * 64 - from }
  }
}
