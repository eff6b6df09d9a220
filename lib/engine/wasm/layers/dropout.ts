import { hashKey } from '../../random'
import { LANES, ROW, inputGradient } from './layer'
import type { BuildContext, Layer, Pass, Shard, Signal } from './layer'

/** Inverted dropout: kept values grow by 1 / (1 - rate). Masks are made again on the way back, not kept. */
export class Dropout implements Layer {
  readonly output: Signal
  readonly packs = []
  private readonly rows: number

  constructor(context: BuildContext, private readonly rate: number, private readonly index: number, private readonly input: Signal) {
    const { shard, steps, training } = context
    this.rows = input.width * steps
    const values = training ? shard.bytes(this.rows * ROW) : input.values
    this.output = { ...input, values }
  }

  forward(pass: Pass, shard: Shard): void {
    if (pass.training) this.apply(pass, shard, this.input.values, this.output.values)
  }

  backward(pass: Pass, shard: Shard): void {
    const gradient = inputGradient(this.input, pass)
    if (gradient !== null) this.apply(pass, shard, gradient, gradient)
  }

  private apply(pass: Pass, { base, index }: Shard, from: number, to: number): void {
    const rate = pass.dropoutKey === null ? 0 : this.rate
    const key = hashKey(pass.dropoutKey ?? 0, this.index)
    pass.kernels.dropout(base + from, base + to, this.rows, LANES, index * LANES, key, Math.floor(rate * 2 ** 32), 1 / (1 - rate))
  }
}
