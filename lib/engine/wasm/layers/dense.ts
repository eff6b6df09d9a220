import { LANES, ROW, valuesOf } from './layer'
import type { BuildContext, Layer, PackJob, ParameterPlace, Pass, Signal } from './layer'

/** Keras's Dense on every line: x kernel + bias, then relu where asked for. */
export class Dense implements Layer {
  readonly output: Signal
  readonly packs: readonly PackJob[]
  private readonly kernel: ParameterPlace
  private readonly bias: ParameterPlace
  private readonly kernelForward: number
  private readonly kernelBackward: number
  private readonly steps: number
  private readonly relu: boolean

  constructor(
    context: BuildContext, layer: { readonly units: number; readonly activation: 'linear' | 'relu' },
    prefix: string, private readonly input: Signal,
  ) {
    const { shared, shard, steps, training } = context
    const { units } = layer
    context.packRows(input.width)
    this.steps = steps
    this.relu = layer.activation === 'relu'
    const size = units * ROW * steps
    const values = shard.bytes(size)
    this.output = { width: units, values, inferred: values, gradient: training ? shard.bytes(size) : null }
    this.kernel = context.place(`${prefix}/kernel`)
    this.bias = context.place(`${prefix}/bias`)
    this.kernelForward = shared.words(input.width * units)
    const backward = training && input.gradient !== null
    this.kernelBackward = backward ? shared.words(input.width * units) : 0
    const source = this.kernel.weights
    this.packs = [
      { target: this.kernelForward, source, rows: units, depth: input.width, rowStride: 1, depthStride: units, backward: false },
      ...(backward
        ? [{ target: this.kernelBackward, source, rows: input.width, depth: units, rowStride: units, depthStride: 1, backward }]
        : []),
    ]
  }

  forward(pass: Pass): void {
    const { width, values } = this.output
    for (const { base } of pass.shards) {
      pass.kernels.gemmSteps(
        this.kernelForward, base + valuesOf(this.input, pass), this.input.width * ROW, base + values, width * ROW,
        width, this.input.width, LANES, this.steps, this.bias.weights, 0,
      )
      if (this.relu) pass.kernels.relu(base + values, width * ROW * this.steps)
    }
  }

  backward(pass: Pass): void {
    const { kernels } = pass
    const { input, output, steps } = this
    const inputStep = input.width * ROW
    const outputStep = output.width * ROW
    for (const { base } of pass.shards) {
      const gradient = base + (output.gradient ?? 0)
      if (this.relu) kernels.reluGradient(base + output.values, gradient, outputStep * steps)
      kernels.outerProduct(
        base + input.values, inputStep, gradient, outputStep, base + this.kernel.gradient,
        input.width, output.width, steps, LANES, pass.packing,
      )
      kernels.rowSums(gradient, outputStep, base + this.bias.gradient, output.width, steps, LANES)
      if (input.gradient === null) continue
      kernels.gemmSteps(
        this.kernelBackward, gradient, outputStep, base + input.gradient, inputStep, input.width, output.width, LANES, steps, 0, 0,
      )
    }
  }
}
