import { hashKey } from '../../random'
import { LANES, ROW, inputGradient } from './layer'
import type { BuildContext, Layer, Pass, Signal } from './layer'

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

  forward(pass: Pass): void {
    if (pass.training) this.apply(pass, this.input.values, this.output.values)
  }

  backward(pass: Pass): void {
    const gradient = inputGradient(this.input, pass)
    if (gradient !== null) this.apply(pass, gradient, gradient)
  }

  private apply(pass: Pass, from: number, to: number): void {
    const rate = pass.dropoutKey === null ? 0 : this.rate
    const key = hashKey(pass.dropoutKey ?? 0, this.index)
    for (const { base, index } of pass.shards) {
      pass.kernels.dropout(base + from, base + to, this.rows, LANES, index * LANES, key, Math.floor(rate * 2 ** 32), 1 / (1 - rate))
    }
  }
}
