import type { LossSpec, NetworkSpec } from '../../types'
import { LANES, ROW, valuesOf } from './layer'
import type { BuildContext, Pass, Signal } from './layer'

/** As in lib/engine/assembly/loss.ts. */
const LOSS_KINDS: Record<LossSpec['kind'], number> = { crossEntropy: 0, focal: 1 }

/** The last outputs read as `heads` softmaxes of `classes` each, and the loss. */
export class Head {
  /** Offsets in a shard: class indexes [steps][heads][LANES], loss and hits (two doubles), probabilities [lane][steps][outputs]. */
  readonly labels: number
  readonly result: number
  readonly probabilities: number
  readonly outputs: number
  private readonly rows: number
  private readonly steps: number

  constructor(context: BuildContext, private readonly spec: NetworkSpec, private readonly input: Signal) {
    this.steps = context.steps
    this.rows = spec.heads * context.steps
    this.outputs = spec.heads * spec.classes
    this.labels = context.shard.bytes(this.rows * ROW)
    this.result = context.shard.bytes(16)
    this.probabilities = context.shard.bytes(this.outputs * context.steps * ROW)
  }

  /** Each shard's summed loss and hits; with `scale`, also the gradient of scale * loss. */
  loss(pass: Pass, scale: number | null): void {
    const { loss, classes } = this.spec
    const [gamma, alpha] = loss.kind === 'focal' ? [loss.gamma, loss.alpha] : [0, 1]
    for (const { base } of pass.shards) {
      pass.kernels.softmaxLoss(
        base + valuesOf(this.input, pass), base + this.labels, scale === null ? 0 : base + (this.input.gradient ?? 0),
        this.rows, classes, LANES, scale ?? 0, LOSS_KINDS[loss.kind], gamma, alpha, base + this.result,
      )
    }
  }

  /** Each shard's probabilities, window after window. */
  probability(pass: Pass): void {
    for (const { base, active } of pass.shards) {
      const logits = base + valuesOf(this.input, pass)
      pass.kernels.softmax(logits, this.rows, this.spec.classes, LANES)
      pass.kernels.scatterLanes(logits, base + this.probabilities, this.outputs * this.steps, LANES, active)
    }
  }
}
