import type { LayerSpec } from '../../types'
import type { Kernels } from '../kernels'
import { LANES, ROW, inputGradient, valuesOf } from './layer'
import type { BuildContext, Layer, PackJob, ParameterPlace, Pass, Shard, Signal } from './layer'

type Activation = (LayerSpec & { kind: 'dense' })['activation']

/** Keras's Dense on every line: x kernel + bias, then the activation. */
export class Dense implements Layer {
  readonly output: Signal
  readonly packs: readonly PackJob[]
  private readonly kernel: ParameterPlace
  private readonly bias: ParameterPlace
  private readonly kernelForward: number
  private readonly kernelBackward: number
  private readonly steps: number
  private readonly activation: Activation
  /** Offset of the values before GELU, which its slope is made of; those after it at inference. */
  readonly before: number

  constructor(
    context: BuildContext, layer: { readonly units: number; readonly activation: Activation },
    prefix: string, private readonly input: Signal,
  ) {
    const { shared, shard, steps, training } = context
    const { units } = layer
    context.packRows(input.width)
    this.steps = steps
    this.activation = layer.activation
    const size = units * ROW * steps
    const values = shard.bytes(size)
    this.before = training && layer.activation === 'gelu' ? shard.bytes(size) : values
    this.output = { width: units, values, inferred: values, gradient: training ? shard.bytes(size) : null }
    this.kernel = context.place(`${prefix}/kernel`)
    this.bias = context.place(`${prefix}/bias`)
    this.kernelForward = shared.words(input.width * units)
    this.kernelBackward = training ? shared.words(input.width * units) : 0
    const source = this.kernel.weights
    const forward: PackJob = { target: this.kernelForward, source, rows: units, depth: input.width, rowStride: 1, depthStride: units, use: 'forward' }
    const backward: PackJob = {
      target: this.kernelBackward, source, rows: input.width, depth: units, rowStride: units, depthStride: 1, use: input.leaf ? 'attribution' : 'backward',
    }
    this.packs = training ? [forward, backward] : [forward]
  }

  forward(pass: Pass, { base }: Shard): void {
    const { kernels } = pass
    const { width } = this.output
    kernels.gemmSteps(
      this.kernelForward, base + valuesOf(this.input, pass), this.input.width * ROW, base + this.before, width * ROW,
      width, this.input.width, LANES, this.steps, this.bias.weights, 0,
    )
    this.activate(kernels, base)
  }

  /** From the values before the activation to the output. */
  activate(kernels: Kernels, base: number): void {
    const { width, values } = this.output
    const bytes = width * ROW * this.steps
    if (this.activation === 'relu') kernels.relu(base + values, bytes)
    if (this.activation === 'gelu') kernels.gelu(base + this.before, base + values, bytes)
  }

  backward(pass: Pass, { base }: Shard): void {
    const { kernels } = pass
    const { input, output, steps } = this
    const inputStep = input.width * ROW
    const outputStep = output.width * ROW
    const target = inputGradient(input, pass)
    const gradient = base + (output.gradient ?? 0)
    if (this.activation === 'relu') kernels.reluGradient(base + output.values, gradient, outputStep * steps)
    if (this.activation === 'gelu') kernels.geluGradient(base + this.before, gradient, outputStep * steps)
    if (!pass.attributing) this.parameterGradients(pass, base)
    if (target === null) return
    kernels.gemmSteps(this.kernelBackward, gradient, outputStep, base + target, inputStep, input.width, output.width, LANES, steps, 0, 0)
  }

  private parameterGradients({ kernels, packing }: Pass, base: number): void {
    const { input, output, steps } = this
    const gradient = base + (output.gradient ?? 0)
    const outputStep = output.width * ROW
    kernels.outerProduct(
      base + input.values, input.width * ROW, gradient, outputStep, base + this.kernel.gradient,
      input.width, output.width, steps, LANES, packing,
    )
    kernels.rowSums(gradient, outputStep, base + this.bias.gradient, output.width, steps, LANES)
  }
}
