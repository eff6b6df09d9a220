import type { Target } from './attribution'
import type { Barrier, Claim } from './barrier'
import type { Graph } from './graph'
import type { Kernels } from './kernels'
import { LANES } from './layers/layer'
import type { FoldJob, PackJob, PackUse, Pass, Shard } from './layers/layer'
import { Optimizer } from './optimizer'
import { Plan } from './plan'
import type { Part } from './plan'

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
  train: ['forward', 'backward'], gradients: ['forward', 'backward'], evaluate: ['forward', 'inference'], predict: ['forward', 'inference'],
  attribute: ['forward', 'backward', 'attribution'],
}

/** One thread's part of every command: shards of the batch and a share of packing. */
export class Executor {
  /** The version of the weights that the matrices of each use were packed from. */
  private readonly packed: Record<PackUse, number> = { forward: -1, inference: -1, backward: -1, attribution: -1 }
  private readonly optimizer: Optimizer

  constructor(
    private readonly graph: Graph, private readonly kernels: Kernels,
    private readonly barrier: Barrier, private readonly claim: Claim, private readonly thread: number,
  ) {
    this.optimizer = new Optimizer(graph, kernels, barrier, thread)
  }

  run(command: Command): void {
    this.pack(command.weightsVersion, USES[command.kind])
    const pass = this.pass(command)
    this.plan(command).forEach((part, index) => this.walk(part, index, pass))
    if (command.kind !== 'train' && command.kind !== 'gradients') return
    this.barrier()
    if (command.kind === 'train') this.optimizer.update(pass.shardCount, command.rate, command.clipNorm)
    else this.optimizer.reduce(pass.shardCount)
  }

  /** Takes shards of a part of the walk as long as there are any; which thread takes which changes no result. */
  private walk({ combine, steps }: Part, index: number, pass: Pass): void {
    const { firstShard, shardStride } = this.graph
    if (combine) {
      this.barrier()
      combine(pass)
    }
    for (let shard = this.claim(index); shard < pass.shardCount; shard = this.claim(index)) {
      const own: Shard = { index: shard, base: firstShard + shard * shardStride, active: Math.min(LANES, pass.windows - shard * LANES) }
      for (const step of steps) step(pass, own)
    }
  }

  private plan(command: Command): Part[] {
    const { layers, inferring, head } = this.graph
    const plan = new Plan((pass, shard) => this.load(pass, shard, command))
    switch (command.kind) {
      case 'train':
      case 'gradients':
        return plan.train(layers, (pass, shard) => head.loss(pass, shard, command.scale))
      case 'evaluate':
        return plan.infer(inferring, (pass, shard) => head.loss(pass, shard, null))
      case 'predict':
        return plan.infer(inferring, (pass, shard) => head.probability(pass, shard))
      case 'attribute':
        return plan.attribute(layers, {
          interpolate: (pass, shard) => this.interpolate(pass, shard, command),
          target: (pass, shard) => head.attribution(pass, shard, command.target),
          sum: (pass, shard) => this.sumLanes(pass, shard),
        }, this.graph.coded ? 1 : 0)
    }
  }

  private interpolate({ kernels }: Pass, { base, index }: Shard, { first, points }: Command & { kind: 'attribute' }): void {
    const { interpolated, baseline, spec } = this.graph
    kernels.interpolate(base + interpolated.values, baseline, interpolated.width, spec.window, LANES, first + index * LANES, points)
  }

  /** Leaves the gradient at the interpolated values, summed over lanes, where it was: [steps][width]. */
  private sumLanes({ kernels }: Pass, { base }: Shard): void {
    const { interpolated, spec } = this.graph
    const sums = base + (interpolated.gradient ?? 0)
    // In place: a sum is written behind the rows that are still to be read.
    kernels.rowSums(sums, 0, sums, interpolated.width * spec.window, 1, LANES)
  }

  private pass({ kind, windows, ...command }: Command): Pass {
    const { graph, thread } = this
    const scratch = graph.firstScratch + thread * graph.scratchStride
    return {
      kernels: this.kernels, thread, windows, shardCount: Math.ceil(windows / LANES),
      training: USES[kind].includes('backward'), attributing: kind === 'attribute', learning: kind === 'train',
      scratch, packing: scratch + graph.packing, firstShard: graph.firstShard, shardStride: graph.shardStride,
      dropoutKey: 'dropoutKey' in command ? command.dropoutKey : null,
    }
  }

  private load({ kernels }: Pass, { base, index, active }: Shard, { kind, features, labels }: Command): void {
    const { graph } = this
    const { spec } = graph
    const starts = graph.starts + index * LANES * 4
    const gather = graph.coded ? kernels.gatherCodes : kernels.gatherFeatures
    gather(features, starts, base + graph.input.values, spec.features, spec.window, LANES, active)
    kernels.laneMask(base + graph.mask, LANES, active)
    if (kind === 'predict' || kind === 'attribute') return
    kernels.gatherLabels(labels, starts, base + graph.head.labels, spec.heads, spec.window, LANES, active)
  }

  /** Each thread packs its share of every matrix that is out of date. */
  private pack(version: number, uses: readonly PackUse[]): void {
    const old = uses.filter((use) => this.packed[use] !== version)
    if (old.length === 0) return
    for (const job of this.graph.packs) if (old.includes(job.use)) this.packShare(job)
    for (const use of old) this.packed[use] = version
    this.barrier()
  }

  private packShare(job: PackJob | FoldJob): void {
    const { threads } = this.graph.size
    const units = 'fold' in job ? job.units : Math.ceil(job.rows / this.kernels.panelRows())
    const from = Math.floor((units * this.thread) / threads)
    const to = Math.floor((units * (this.thread + 1)) / threads)
    if ('fold' in job) return job.fold(this.kernels, from, to)
    this.kernels.pack(job.target, job.source, job.rows, job.depth, job.rowStride, job.depthStride, from, to)
  }
}
