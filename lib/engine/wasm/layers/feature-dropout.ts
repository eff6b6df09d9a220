import { hashKey } from '../../random'
import { LANES, ROW, inputGradient } from './layer'
import type { BuildContext, Layer, Pass, Shard, Signal } from './layer'

/** Keras's SpatialDropout1D: a channel is dropped from all steps of a window, or from none. Masks are made again on the way back. */
export class FeatureDropout implements Layer {
  readonly output: Signal
  readonly packs = []
  /** Offset in a thread's memory of one step's mask. */
  private readonly mask: number
  private readonly steps: number

  constructor(context: BuildContext, private readonly rate: number, private readonly index: number, private readonly input: Signal) {
    const { shard, thread, steps, training } = context
    this.steps = steps
    this.mask = training ? thread.bytes(input.width * ROW) : 0
    this.output = { ...input, values: training ? shard.bytes(input.width * ROW * steps) : input.values }
  }

  forward(pass: Pass, shard: Shard): void {
    if (pass.training) this.apply(pass, shard, this.input.values, this.output.values)
  }

  backward(pass: Pass, shard: Shard): void {
    const gradient = inputGradient(this.input, pass)
    if (gradient !== null) this.apply(pass, shard, gradient, gradient)
  }

  private apply({ kernels, scratch, dropoutKey }: Pass, { base, index }: Shard, from: number, to: number): void {
    const { width } = this.input
    const rate = dropoutKey === null ? 0 : this.rate
    const key = hashKey(dropoutKey ?? 0, this.index)
    const mask = scratch + this.mask
    kernels.fill(mask, 1, width * ROW)
    kernels.dropout(mask, mask, width, LANES, index * LANES, key, Math.floor(rate * 2 ** 32), 1 / (1 - rate))
    kernels.multiplySteps(base + from, base + to, mask, width * ROW, this.steps)
  }
}
