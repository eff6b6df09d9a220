import { headSizes, outputCount } from '../../spec'
import type { LossSpec, NetworkSpec } from '../../types'
import type { Target } from '../attribution'
import { LANES, ROW, valuesOf } from './layer'
import type { BuildContext, Pass, Shard, Signal } from './layer'

/** As in lib/engine/assembly/loss.ts. */
const LOSS_KINDS: Record<LossSpec['kind'], number> = { crossEntropy: 0, focal: 1 }

/** The last outputs read as one softmax a head, and the loss. */
export class Head {
  /** Offsets in a shard: class indexes [steps][heads][LANES], loss and hits (two doubles), probabilities [lane][steps][outputs]. */
  readonly labels: number
  readonly result: number
  readonly probabilities: number
  readonly outputs: number
  /** Address of the heads' numbers of classes. */
  private readonly sizes: number
  private readonly steps: number

  constructor(context: BuildContext, private readonly spec: NetworkSpec, private readonly input: Signal, private readonly mask: number) {
    this.steps = context.steps
    this.outputs = outputCount(spec)
    this.sizes = context.constants(spec.heads, () => headSizes(spec))
    this.labels = context.shard.bytes(spec.heads * context.steps * ROW)
    this.result = context.shard.bytes(16)
    this.probabilities = context.shard.bytes(this.outputs * context.steps * ROW)
  }

  /** A shard's summed loss and hits; with `scale`, also the gradient of scale * loss. */
  loss(pass: Pass, { base }: Shard, scale: number | null): void {
    const { loss, heads } = this.spec
    const [gamma, alpha] = loss.kind === 'focal' ? [loss.gamma, loss.alpha] : [0, 1]
    pass.kernels.softmaxLoss(
      base + valuesOf(this.input, pass), base + this.labels, scale === null ? 0 : base + (this.input.gradient ?? 0),
      this.steps, heads, this.sizes, LANES, scale ?? 0, LOSS_KINDS[loss.kind], gamma, alpha, base + this.result,
    )
  }

  /** The gradient of one probability at one step, instead of the loss's. */
  attribution({ kernels }: Pass, { base }: Shard, { step, head, class: target }: Target): void {
    const sizes = headSizes(this.spec)
    const before = sizes.slice(0, head).reduce((sum, size) => sum + size, step * this.outputs) * ROW
    const gradient = base + (this.input.gradient ?? 0)
    kernels.fill(gradient, 0, this.outputs * this.steps * ROW)
    kernels.probabilityGradient(base + this.input.values + before, base + this.mask, gradient + before, sizes[head] ?? 0, target, LANES)
  }

  /** A shard's probabilities, window after window. */
  probability(pass: Pass, { base, active }: Shard): void {
    const logits = base + valuesOf(this.input, pass)
    pass.kernels.softmax(logits, this.steps, this.spec.heads, this.sizes, LANES)
    pass.kernels.scatterLanes(logits, base + this.probabilities, this.outputs * this.steps, LANES, active)
  }
}
