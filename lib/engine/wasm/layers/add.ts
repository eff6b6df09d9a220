import { ROW, inputGradient, valuesOf } from './layer'
import type { BuildContext, Layer, Pass, Shard, Signal } from './layer'

/** The sum of the layer before and an earlier one. */
export class Add implements Layer {
  readonly output: Signal
  readonly packs = []
  private readonly bytes: number

  /**
   * @param other the earlier layer's output, whose gradient is written here and completed by its Fork
   * @param onto whether its gradient is still to be written, or a later layer that also adds it has done so
   */
  constructor(
    { shard, steps }: BuildContext, private readonly input: Signal,
    private readonly other: Signal, private readonly onto: 'nothing' | 'gradient',
  ) {
    this.bytes = input.width * ROW * steps
    const values = shard.bytes(this.bytes)
    // The way back hands the gradient on as it is.
    this.output = { width: input.width, values, inferred: values, gradient: input.gradient }
  }

  forward(pass: Pass, { base }: Shard): void {
    pass.kernels.add(base + valuesOf(this.input, pass), base + valuesOf(this.other, pass), base + this.output.values, this.bytes)
  }

  backward(pass: Pass, { base }: Shard): void {
    const target = inputGradient(this.other, pass)
    if (target === null) return
    const gradient = base + (this.output.gradient ?? 0)
    if (this.onto === 'gradient') pass.kernels.add(base + target, gradient, base + target, this.bytes)
    else pass.kernels.copy(gradient, base + target, this.bytes)
  }
}

/**
 * Stands behind a layer that a later one adds: what follows it writes to a gradient of its own, which on the way back is
 * added to what the later layers wrote.
 */
export class Fork implements Layer {
  readonly output: Signal
  readonly packs = []
  private readonly bytes: number

  constructor({ shard, steps, training }: BuildContext, private readonly input: Signal) {
    this.bytes = input.width * ROW * steps
    this.output = { ...input, gradient: training ? shard.bytes(this.bytes) : null }
  }

  forward(): void {
    // Values are read where they are.
  }

  backward(pass: Pass, { base }: Shard): void {
    const target = inputGradient(this.input, pass)
    if (target !== null) pass.kernels.add(base + target, base + (this.output.gradient ?? 0), base + target, this.bytes)
  }
}
