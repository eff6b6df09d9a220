import { sizeOf } from '../../spec'
import type { LayerSpec } from '../../types'
import { LANES, ROW } from './layer'
import type { BuildContext, Layer, ParameterPlace, Pass, Shard, Signal } from './layer'

/** Keras's Embedding, a range of rows of one table for each feature: codes in, `dimension` values a feature out. */
export class Embedding implements Layer {
  readonly output: Signal
  readonly packs = []
  private readonly table: ParameterPlace
  private readonly tableBytes: number
  /** Address of each feature's first row. */
  private readonly offsets: number
  private readonly features: number
  private readonly dimension: number
  private readonly steps: number

  /** @param codes offset in a shard of the codes [steps][features][LANES], 16 bits each */
  constructor(context: BuildContext, { sizes, dimension }: LayerSpec & { kind: 'embedding' }, prefix: string, private readonly codes: number) {
    const { shard, steps, training } = context
    const width = sizes.length * dimension
    const values = shard.bytes(width * ROW * steps)
    this.output = { width, values, inferred: values, gradient: training ? shard.bytes(width * ROW * steps) : null }
    this.table = context.place(`${prefix}/table`)
    this.offsets = context.constants(sizes.length, () => firstRows(sizes))
    this.tableBytes = sizeOf([sizes.reduce((sum, size) => sum + size, 0), dimension]) * 4
    this.features = sizes.length
    this.dimension = dimension
    this.steps = steps
  }

  forward({ kernels }: Pass, { base }: Shard): void {
    kernels.embeddingForward(
      this.table.weights, this.offsets, base + this.codes, base + this.output.values, this.features, this.dimension, this.steps, LANES,
    )
  }

  backward({ kernels, attributing }: Pass, { base }: Shard): void {
    if (attributing) return
    kernels.embeddingGradient(
      base + this.table.gradient, this.tableBytes, this.offsets, base + this.codes, base + (this.output.gradient ?? 0),
      this.features, this.dimension, this.steps, LANES,
    )
  }
}

/** The table's row at which each feature's codes begin. */
export function firstRows(sizes: readonly number[]): number[] {
  let next = 0
  return sizes.map((size) => {
    const first = next
    next += size
    return first
  })
}
