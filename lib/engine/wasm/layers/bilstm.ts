import { LANES, ROW, inputGradient, valuesOf } from './layer'
import type { BuildContext, Layer, PackJob, PackUse, ParameterPlace, Pass, Shard, Signal } from './layer'

/** One direction's memory. */
interface Direction {
  readonly reverse: boolean
  readonly kernel: ParameterPlace
  readonly recurrent: ParameterPlace
  readonly bias: ParameterPlace
  /** Packed for the way forward ([4u][in], [4u][u]) and back ([in][4u], [u][4u]). */
  readonly kernelForward: number
  readonly recurrentForward: number
  readonly kernelBackward: number
  readonly recurrentBackward: number
  /** Gates, cells and their tanh: of every step in training, of one step for inference. */
  readonly gates: number
  readonly cell: number
  readonly cellTanh: number
  /** Offset of this direction's half in a step of the output. */
  readonly half: number
}

/** Keras's Bidirectional(LSTM(units, return_sequences=True)): both directions' outputs side by side. */
export class BiLstm implements Layer {
  readonly output: Signal
  readonly packs: readonly PackJob[]
  private readonly directions: readonly Direction[]
  private readonly dHidden: number
  private readonly dCell: number
  private readonly steps: number

  constructor(context: BuildContext, private readonly units: number, prefix: string, private readonly input: Signal) {
    const { shard, steps, training } = context
    this.steps = steps
    const size = 2 * units * ROW * steps
    const values = shard.bytes(size)
    this.output = { width: 2 * units, values, inferred: values, gradient: training ? shard.bytes(size) : null }
    this.dHidden = context.thread.bytes(units * ROW)
    this.dCell = context.thread.bytes(units * ROW)
    context.packRows(Math.max(units, input.width))
    this.directions = [this.place(context, `${prefix}/forward`, false), this.place(context, `${prefix}/backward`, true)]
    this.packs = this.directions.flatMap((direction) => this.packsOf(direction, training))
  }

  private place(context: BuildContext, prefix: string, reverse: boolean): Direction {
    const { units, input } = this
    const { shared, shard, training } = context
    const kernelSize = input.width * 4 * units
    const recurrentSize = units * 4 * units
    const kept = training ? this.steps : 1
    return {
      reverse,
      kernel: context.place(`${prefix}/kernel`),
      recurrent: context.place(`${prefix}/recurrentKernel`),
      bias: context.place(`${prefix}/bias`),
      kernelForward: shared.words(kernelSize),
      recurrentForward: shared.words(recurrentSize),
      kernelBackward: training ? shared.words(kernelSize) : 0,
      recurrentBackward: training ? shared.words(recurrentSize) : 0,
      gates: shard.bytes(4 * units * ROW * kept),
      cell: shard.bytes(units * ROW * kept),
      cellTanh: shard.bytes(units * ROW * kept),
      half: reverse ? units * ROW : 0,
    }
  }

  private packsOf(direction: Direction, training: boolean): PackJob[] {
    const gates = 4 * this.units
    const forward = (target: number, source: number, depth: number): PackJob => ({
      target, source, rows: gates, depth, rowStride: 1, depthStride: gates, use: 'forward',
    })
    const backward = (target: number, source: number, rows: number, use: PackUse): PackJob => ({
      target, source, rows, depth: gates, rowStride: gates, depthStride: 1, use,
    })
    const jobs = [
      forward(direction.kernelForward, direction.kernel.weights, this.input.width),
      forward(direction.recurrentForward, direction.recurrent.weights, this.units),
    ]
    if (!training) return jobs
    return [
      ...jobs,
      backward(direction.recurrentBackward, direction.recurrent.weights, this.units, 'backward'),
      backward(direction.kernelBackward, direction.kernel.weights, this.input.width, this.input.leaf ? 'attribution' : 'backward'),
    ]
  }

  forward(pass: Pass, { base }: Shard): void {
    const lstm = pass.training ? pass.kernels.lstmForward : pass.kernels.lstmInfer
    for (const direction of this.directions) {
      lstm(
        direction.kernelForward, direction.recurrentForward, direction.bias.weights,
        base + valuesOf(this.input, pass), this.input.width,
        base + direction.gates, base + direction.cell, base + direction.cellTanh,
        base + this.output.values + direction.half, this.output.width * ROW,
        this.units, this.steps, LANES, direction.reverse ? 1 : 0,
      )
    }
  }

  backward(pass: Pass, shard: Shard): void {
    for (const direction of this.directions) {
      pass.kernels.lstmBackward(
        direction.recurrentBackward, shard.base + direction.gates, shard.base + direction.cell, shard.base + direction.cellTanh,
        shard.base + (this.output.gradient ?? 0) + direction.half, this.output.width * ROW,
        pass.scratch + this.dHidden, pass.scratch + this.dCell,
        this.units, this.steps, LANES, direction.reverse ? 1 : 0,
      )
      this.inputGradient(pass, direction, shard)
      if (!pass.attributing) this.weightGradients(pass, direction, shard)
    }
  }

  private inputGradient(pass: Pass, direction: Direction, { base }: Shard): void {
    const gradient = inputGradient(this.input, pass)
    if (gradient === null) return
    const accumulate = direction.reverse ? 1 : 0
    pass.kernels.gemmSteps(
      direction.kernelBackward, base + direction.gates, 4 * this.units * ROW, base + gradient, this.input.width * ROW,
      this.input.width, 4 * this.units, LANES, this.steps, 0, accumulate,
    )
  }

  private weightGradients(pass: Pass, direction: Direction, { base }: Shard): void {
    const { kernels } = pass
    const { steps, units, input } = this
    const gates = base + direction.gates
    const gateStep = 4 * units * ROW
    const outputStep = this.output.width * ROW
    const hidden = base + this.output.values + direction.half
    kernels.outerProduct(
      base + input.values, input.width * ROW, gates, gateStep, base + direction.kernel.gradient,
      input.width, 4 * units, steps, LANES, pass.packing,
    )
    // A step's recurrent input is the output of the step before it in walking order.
    kernels.outerProduct(
      direction.reverse ? hidden + outputStep : hidden, outputStep, direction.reverse ? gates : gates + gateStep, gateStep,
      base + direction.recurrent.gradient, units, 4 * units, steps - 1, LANES, pass.packing,
    )
    kernels.rowSums(gates, gateStep, base + direction.bias.gradient, 4 * units, steps, LANES)
  }
}
