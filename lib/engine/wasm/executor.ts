import type { Target } from './attribution'
import type { Barrier } from './barrier'
import type { Graph } from './graph'
import type { Kernels } from './kernels'
import { LANES } from './layers/layer'
import type { PackJob, PackUse, Pass, Shard } from './layers/layer'
import { Optimizer } from './optimizer'

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
  | { readonly kind: 'train'; readonly scale: number; readonly rate: number; readonly dropoutKey: number; readonly clipNorm: number | null }
  | { readonly kind: 'gradients'; readonly scale: number }
  | { readonly kind: 'evaluate' }
  | { readonly kind: 'predict' }
  /** All windows are one; the first of them stands at point `first` of `points`. */
  | { readonly kind: 'attribute'; readonly target: Target; readonly first: number; readonly points: number }
)

/** The packed matrices that each kind needs. */
const USES: Record<Command['kind'], readonly PackUse[]> = {
  train: ['forward', 'backward'], gradients: ['forward', 'backward'], evaluate: ['forward'], predict: ['forward'],
  attribute: ['forward', 'backward', 'attribution'],
}

/** One thread's part of every command: its shards of the batch and its share of packing. */
export class Executor {
  /** The version of the weights that the matrices of each use were packed from. */
  private readonly packed: Record<PackUse, number> = { forward: -1, backward: -1, attribution: -1 }
  private readonly optimizer: Optimizer

  constructor(
    private readonly graph: Graph, private readonly kernels: Kernels,
    private readonly barrier: Barrier, private readonly thread: number,
  ) {
    this.optimizer = new Optimizer(graph, kernels, barrier, thread)
  }

  run(command: Command): void {
    const pass = this.pass(command)
    this.load(pass, command)
    this.pack(command.weightsVersion, USES[command.kind])
    if (command.kind === 'attribute') return this.attribute(pass, command)
    const { layers, head } = this.graph
    for (const layer of layers) layer.forward(pass)
    if (command.kind === 'predict') return head.probability(pass)
    if (command.kind === 'evaluate') return head.loss(pass, null)
    head.loss(pass, command.scale)
    for (const layer of layers.toReversed()) layer.backward(pass)
    this.barrier()
    if (command.kind === 'train') this.optimizer.update(pass.shardCount, command.rate, command.clipNorm)
    else this.optimizer.reduce(pass.shardCount)
  }

  /** Leaves the gradient at the interpolated values, summed over lanes, where it was: [steps][width]. */
  private attribute(pass: Pass, { target, first, points }: Command & { kind: 'attribute' }): void {
    const { graph, kernels } = this
    const { width, values, gradient, embedding } = { ...graph.interpolated, embedding: graph.coded ? graph.layers[0] : undefined }
    embedding?.forward(pass)
    for (const { base, index } of pass.shards) {
      kernels.interpolate(base + values, graph.baseline, width, graph.spec.window, LANES, first + index * LANES, points)
    }
    for (const layer of graph.layers) if (layer !== embedding) layer.forward(pass)
    graph.head.attribution(pass, target)
    for (const layer of graph.layers.toReversed()) layer.backward(pass)
    for (const { base } of pass.shards) {
      const sums = base + (gradient ?? 0)
      // In place: a sum is written behind the rows that are still to be read.
      kernels.rowSums(sums, 0, sums, width * graph.spec.window, 1, LANES)
    }
  }

  private pass(command: Command): Pass {
    const { graph, thread } = this
    const { kind, windows } = command
    const shardCount = Math.ceil(windows / LANES)
    const shards: Shard[] = []
    for (let index = thread; index < shardCount; index += graph.size.threads) {
      shards.push({ index, base: graph.firstShard + index * graph.shardStride, active: Math.min(LANES, windows - index * LANES) })
    }
    const scratch = graph.firstScratch + thread * graph.scratchStride
    return {
      kernels: this.kernels, barrier: this.barrier, thread, shards, shardCount, windows,
      training: USES[kind].includes('backward'), attributing: kind === 'attribute', learning: kind === 'train',
      scratch, packing: scratch + graph.packing, firstShard: graph.firstShard, shardStride: graph.shardStride,
      dropoutKey: kind === 'train' ? command.dropoutKey : null,
    }
  }

  private load(pass: Pass, command: Command): void {
    const labelled = command.kind !== 'predict' && command.kind !== 'attribute'
    const { graph, kernels } = this
    const { features, window, heads } = graph.spec
    for (const { base, index, active } of pass.shards) {
      const starts = graph.starts + index * LANES * 4
      const gather = graph.coded ? kernels.gatherCodes : kernels.gatherFeatures
      gather(command.features, starts, base + graph.input.values, features, window, LANES, active)
      kernels.laneMask(base + graph.mask, LANES, active)
      if (labelled) kernels.gatherLabels(command.labels, starts, base + graph.head.labels, heads, window, LANES, active)
    }
  }

  /** Each thread packs its share of every matrix that is out of date. */
  private pack(version: number, uses: readonly PackUse[]): void {
    const old = uses.filter((use) => this.packed[use] !== version)
    if (old.length === 0) return
    for (const layer of this.graph.layers) {
      for (const job of layer.packs) if (old.includes(job.use)) this.packShare(job)
    }
    for (const use of old) this.packed[use] = version
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
}
