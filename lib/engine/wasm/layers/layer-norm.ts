import { LANES, ROW, valuesOf } from './layer'
import type { BuildContext, Layer, ParameterPlace, Pass, Shard, Signal } from './layer'

/** Keras's LayerNormalization over the channels of each line. */
export class LayerNorm implements Layer {
  readonly output: Signal
  readonly packs = []
  private readonly gamma: ParameterPlace
  private readonly beta: ParameterPlace
  /** Offset in a shard of each line's mean and inverse deviation. */
  private readonly statistics: number
  /** Offset in a thread's memory of two vectors a channel. */
  private readonly sums: number
  private readonly steps: number

  constructor(context: BuildContext, private readonly epsilon: number, prefix: string, private readonly input: Signal) {
    const { shard, thread, steps, training } = context
    const { width } = input
    const values = shard.bytes(width * ROW * steps)
    // The way back works in place.
    this.output = { width, values, inferred: values, gradient: training ? input.gradient : null }
    this.statistics = shard.bytes(2 * ROW * steps)
    this.sums = thread.bytes(width * 32)
    this.gamma = context.place(`${prefix}/gamma`)
    this.beta = context.place(`${prefix}/beta`)
    this.steps = steps
  }

  forward(pass: Pass, { base }: Shard): void {
    pass.kernels.layerNormForward(
      base + valuesOf(this.input, pass), base + this.output.values, base + this.statistics,
      this.gamma.weights, this.beta.weights, this.epsilon, this.input.width, this.steps, LANES,
    )
  }

  backward({ kernels, scratch }: Pass, { base }: Shard): void {
    kernels.layerNormGradient(
      base + this.input.values, base + (this.output.gradient ?? 0), base + this.statistics, this.gamma.weights,
      base + this.gamma.gradient, base + this.beta.gradient, scratch + this.sums, this.input.width, this.steps, LANES,
    )
  }
}
