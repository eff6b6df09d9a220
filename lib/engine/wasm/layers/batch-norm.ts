import { LANES, ROW, inputGradient, valuesOf } from './layer'
import type { BuildContext, Layer, Meeting, ParameterPlace, Pass, Shard, Signal } from './layer'

/** Keras's BatchNormalization over windows and lines; in training all threads agree on the batch's statistics. */
export class BatchNorm implements Layer {
  readonly output: Signal
  readonly packs = []
  readonly meetings: { readonly forward: Meeting; readonly backward: Meeting } = {
    forward: { prepare: (pass, shard) => this.sumValues(pass, shard), combine: (pass) => this.combineValues(pass) },
    backward: { prepare: (pass, shard) => this.sumGradients(pass, shard), combine: (pass) => this.combineGradients(pass) },
  }
  private readonly gamma: ParameterPlace
  private readonly beta: ParameterPlace
  private readonly movingMean: number
  private readonly movingVariance: number
  /** Each shard's sums, forward and backward apart, so that one barrier suffices. */
  private readonly sums: number
  private readonly gradientSums: number
  private readonly mask: number
  /** Each thread's copies of the statistics, and scratch of two vectors a channel. */
  private readonly mean: number
  private readonly variance: number
  private readonly inverse: number
  private readonly coefficients: number
  private readonly sumScratch: number
  private readonly steps: number

  constructor(
    context: BuildContext, private readonly options: { readonly momentum: number; readonly epsilon: number },
    prefix: string, private readonly input: Signal, mask: number,
  ) {
    const { shard, thread, steps, training } = context
    const { width } = input
    const values = shard.bytes(width * ROW * steps)
    // The way back works in place, unless no one keeps the input's gradient.
    const gradient = training ? input.gradient ?? shard.bytes(width * ROW * steps) : null
    this.output = { width, values, inferred: values, gradient }
    this.steps = steps
    this.mask = mask
    this.gamma = context.place(`${prefix}/gamma`)
    this.beta = context.place(`${prefix}/beta`)
    this.movingMean = context.place(`${prefix}/movingMean`).weights
    this.movingVariance = context.place(`${prefix}/movingVariance`).weights
    this.sums = shard.words(3 * width)
    this.gradientSums = shard.words(2 * width)
    this.mean = thread.words(width)
    this.variance = thread.words(width)
    this.inverse = thread.words(width)
    this.coefficients = thread.words(3 * width)
    this.sumScratch = thread.words(8 * width)
  }

  forward(pass: Pass, { base }: Shard): void {
    const { kernels, scratch } = pass
    const { width } = this.input
    const fromBatch = pass.training && !pass.attributing
    if (!fromBatch) kernels.normInverse(this.movingVariance, scratch + this.inverse, width, this.options.epsilon)
    kernels.normApply(
      base + valuesOf(this.input, pass), base + this.output.values,
      fromBatch ? scratch + this.mean : this.movingMean, scratch + this.inverse,
      this.gamma.weights, this.beta.weights, width, this.steps, LANES,
    )
  }

  backward(pass: Pass, { base }: Shard): void {
    const { kernels, scratch } = pass
    if (pass.attributing) this.scaleOnly(pass)
    if (inputGradient(this.input, pass) === null) return
    kernels.normGradientApply(
      base + this.input.values, base + (this.output.gradient ?? 0), base + this.mask, scratch + this.mean, scratch + this.coefficients,
      this.input.width, this.steps, LANES,
    )
  }

  /** Moving averages depend on no window of the batch: only the scale is left of the coefficients. */
  private scaleOnly({ kernels, scratch, shardStride, firstShard }: Pass): void {
    kernels.normGradientCombine(
      firstShard + this.gradientSums, shardStride, 0, 1, this.input.width,
      this.gamma.weights, scratch + this.inverse, 0, 0, scratch + this.coefficients,
    )
  }

  private sumValues({ kernels, scratch }: Pass, { base }: Shard): void {
    kernels.normSums(base + this.input.values, base + this.mask, base + this.sums, scratch + this.sumScratch, this.input.width, this.steps, LANES)
  }

  private combineValues({ kernels, scratch, firstShard, shardStride, windows, learning, thread }: Pass): void {
    const { width } = this.input
    kernels.normCombine(
      firstShard + this.sums, shardStride, windows, this.steps, LANES, width,
      this.options.epsilon, scratch + this.mean, scratch + this.variance, scratch + this.inverse,
    )
    if (!learning || thread !== 0) return
    kernels.normMoving(this.movingMean, scratch + this.mean, width, this.options.momentum)
    kernels.normMoving(this.movingVariance, scratch + this.variance, width, this.options.momentum)
  }

  private sumGradients({ kernels, scratch }: Pass, { base }: Shard): void {
    kernels.normGradientSums(
      base + this.input.values, base + (this.output.gradient ?? 0), scratch + this.mean, base + this.gradientSums,
      scratch + this.sumScratch, this.input.width, this.steps, LANES,
    )
  }

  private combineGradients({ kernels, scratch, firstShard, shardStride, shardCount, windows, thread }: Pass): void {
    // Gradients over the whole batch go to the first shard; those of the others stay 0.
    const writes = thread === 0
    kernels.normGradientCombine(
      firstShard + this.gradientSums, shardStride, shardCount, windows * this.steps, this.input.width,
      this.gamma.weights, scratch + this.inverse,
      writes ? firstShard + this.gamma.gradient : 0, writes ? firstShard + this.beta.gradient : 0, scratch + this.coefficients,
    )
  }
}
