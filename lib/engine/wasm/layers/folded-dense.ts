import type { LayerSpec } from '../../types'
import type { Kernels } from '../kernels'
import type { Dense } from './dense'
import { firstRows } from './embedding'
import { LANES } from './layer'
import type { BuildContext, FoldJob, ParameterPlace, Pass, Shard } from './layer'

/** A table that leaves the second-level cache by too much is slower than the product that it saves. */
const LARGEST = 16 * 2 ** 20

/** An embedding and the dense layer behind it as inference computes them: the sum of the codes' rows of one table. */
export class FoldedDense {
  readonly packs: readonly FoldJob[]
  private readonly table: ParameterPlace
  private readonly kernel: ParameterPlace
  private readonly bias: ParameterPlace
  /** Addresses of the folded table and of each feature's first row, and the offset in a thread's memory of room for a few lines. */
  private readonly folded: number
  private readonly offsets: number
  private readonly scratch: number
  /** Values from one folded row to the next. */
  private readonly width: number
  private readonly steps: number

  /** Whether the folded table is of a size that pays. */
  static pays({ sizes }: LayerSpec & { kind: 'embedding' }, units: number): boolean {
    return sizes.reduce((sum, size) => sum + size, 0) * units * 4 <= LARGEST
  }

  /** @param denseIndex where the dense layer stands in the network's definition */
  constructor(
    context: BuildContext, private readonly embedding: LayerSpec & { kind: 'embedding' },
    private readonly dense: Dense, denseIndex: number, private readonly codes: number,
  ) {
    const { sizes } = embedding
    const { width: units } = dense.output
    this.width = Math.ceil(units / 4) * 4
    this.steps = context.steps
    this.table = context.place('layer0/table')
    this.kernel = context.place(`layer${denseIndex}/kernel`)
    this.bias = context.place(`layer${denseIndex}/bias`)
    this.folded = context.shared.words(sizes.reduce((sum, size) => sum + size, 0) * this.width)
    this.offsets = context.constants(sizes.length, () => firstRows(sizes))
    this.scratch = context.thread.words(4 * this.width + sizes.length)
    this.packs = [{ use: 'inference', units: sizes.length, fold: (kernels, from, to) => this.fold(kernels, from, to) }]
  }

  forward(pass: Pass, { base }: Shard): void {
    const { output } = this.dense
    pass.kernels.foldedForward(
      this.folded, this.offsets, base + this.codes, this.bias.weights, base + this.dense.before, pass.scratch + this.scratch,
      this.embedding.sizes.length, output.width, this.width, this.steps, LANES,
    )
    this.dense.activate(pass.kernels, base)
  }

  /** Folds the rows of the features `from` to `to`. */
  private fold(kernels: Kernels, from: number, to: number): void {
    const { sizes, dimension } = this.embedding
    const { width: units } = this.dense.output
    const rows = firstRows(sizes)
    for (let feature = from; feature < to; feature++) {
      const row = rows[feature] ?? 0
      kernels.foldRows(
        this.table.weights + row * dimension * 4, this.kernel.weights + feature * dimension * units * 4, this.folded + row * this.width * 4,
        sizes[feature] ?? 0, dimension, units, this.width,
      )
    }
  }
}
