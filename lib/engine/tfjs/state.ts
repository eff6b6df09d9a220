import { checkTensors } from '../check-tensors'
import { sizeOf, type Parameter } from '../spec'
import type { Weights } from '../types'
import { select, type Tf, type TfTensor, type TfjsBackend } from './backend'

const BETA_1 = 0.9
const BETA_2 = 0.999
const EPSILON = 1e-7

/** Tensors one after the other in a single one on the backend, so that an update is one operation for all. */
export class FlatTensors {
  private values: TfTensor
  /** What `values` holds, for a backend that cannot be read at once. */
  private copy: Float32Array
  private readonly size: number

  constructor(private readonly backend: TfjsBackend, readonly parameters: readonly Parameter[]) {
    this.size = parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
    this.copy = new Float32Array(this.size)
    this.values = this.upload()
  }

  private upload(): TfTensor {
    select(this.backend)
    return this.backend.tf.keep(this.backend.tf.tensor1d(this.copy.slice(), 'float32'))
  }

  get flat(): TfTensor {
    return this.values
  }

  /** The tensors by name, as parts of the flat one; for use within a tidy. */
  parts(): Map<string, TfTensor> {
    const { tf } = this.backend
    const sizes = this.parameters.map(({ shape }) => sizeOf(shape))
    const parts = this.parameters.length > 0 ? tf.split(this.values, sizes) : []
    return new Map(this.parameters.map(({ name, shape }, i) => [name, tf.reshape(parts[i]!, [...shape])]))
  }

  /** Takes over a tensor of the same size that a tidy has kept. */
  replace(values: TfTensor): void {
    this.values.dispose()
    this.values = values
  }

  /** Reads the backend's values back, where they cannot be read at once. */
  async refresh(): Promise<void> {
    if (this.backend.reads === 'later') this.copy = await this.values.data<'float32'>()
  }

  read(): Weights {
    if (this.backend.reads === 'at once') this.copy = this.values.dataSync<'float32'>()
    let at = 0
    return new Map(this.parameters.map(({ name, shape }) => {
      const data = this.copy.slice(at, at + sizeOf(shape))
      at += data.length
      return [name, { shape, data }]
    }))
  }

  /** @throws AuditweaveError 'weights-mismatch'; nothing is written then. */
  write(tensors: Weights): void {
    checkTensors(this.parameters, tensors)
    this.copy = new Float32Array(this.size)
    let at = 0
    for (const { name } of this.parameters) {
      const { data } = tensors.get(name)!
      this.copy.set(data, at)
      at += data.length
    }
    this.values.dispose()
    this.values = this.upload()
  }

  dispose(): void {
    this.values.dispose()
  }
}

/** Gradients of all trained tensors as one, each no longer than `clipNorm`, as Keras's clipnorm. */
export function flatGradient(tf: Tf, gradients: readonly TfTensor[], clipNorm: number | undefined): TfTensor {
  const clipped = gradients.map((gradient) => {
    const flat = tf.reshape(gradient, [-1])
    if (clipNorm === undefined) return flat
    const length = tf.sqrt(tf.sum(tf.square(flat)))
    return tf.mul(flat, tf.div(clipNorm, tf.maximum(length, clipNorm)))
  })
  return tf.concat(clipped, 0)
}

/** One step of Adam as Keras does it, `step` counting from 1: the new weights and moments. */
export function adam(
  tf: Tf, before: { readonly weights: TfTensor; readonly first: TfTensor; readonly second: TfTensor }, gradient: TfTensor, learningRate: number, step: number,
): { weights: TfTensor; first: TfTensor; second: TfTensor } {
  const rate = (learningRate * Math.sqrt(1 - BETA_2 ** step)) / (1 - BETA_1 ** step)
  const first = tf.add(before.first, tf.mul(tf.sub(gradient, before.first), 1 - BETA_1))
  const second = tf.add(before.second, tf.mul(tf.sub(tf.square(gradient), before.second), 1 - BETA_2))
  const weights = tf.sub(before.weights, tf.div(tf.mul(first, rate), tf.add(tf.sqrt(second), EPSILON)))
  return { weights, first, second }
}
