import type { NetworkSpec } from '../types'
import { select, type TfTensor, type TfjsBackend } from './backend'
import type { BoundLines } from './bound-lines'
import type { Pass } from './layers'
import { lossOf } from './loss'
import { walk } from './stack'
import type { FlatTensors } from './state'

/** A network's definition and tensors. */
export interface Model {
  readonly spec: NetworkSpec
  readonly backend: TfjsBackend
  readonly trained: FlatTensors
  readonly untrained: FlatTensors
}

/** What a batch with gradients leaves behind; the caller disposes of it. */
export interface Taken {
  /** [summed loss, hits] */
  readonly sums: TfTensor
  /** Of the mean loss, in the order of the trained tensors. */
  readonly gradients: readonly TfTensor[]
  /** The moving averages after this batch, where there are any. */
  readonly moving: TfTensor | null
}

interface Observed { readonly value: TfTensor; readonly momentum: number }

function inputs({ spec, backend: { tf } }: Model, lines: BoundLines, starts: Int32Array): { input: TfTensor; labels: TfTensor } {
  const values = lines.features(starts)
  return {
    input: tf.tensor3d(values, [spec.window, starts.length, spec.features], values instanceof Int32Array ? 'int32' : 'float32'),
    labels: tf.tensor3d(lines.labels(starts), [spec.window, starts.length, spec.heads], 'int32'),
  }
}

/** Moving averages after a batch: moving * momentum + batch * (1 - momentum). */
function moved({ backend: { tf } }: Model, before: ReadonlyMap<string, TfTensor>, observed: ReadonlyMap<string, Observed>): TfTensor {
  return tf.concat([...before].map(([name, average]) => {
    const { value, momentum } = observed.get(name)!
    return tf.add(tf.mul(average, momentum), tf.mul(value, 1 - momentum))
  }), 0)
}

/** One walk forth and back over a batch; null as `dropoutKey` turns dropout off. */
export function takeGradients(model: Model, lines: BoundLines, starts: Int32Array, dropoutKey: number | null): Taken {
  const { spec, backend, trained, untrained } = model
  const { tf } = backend
  select(backend)
  const count = lines.labelCount(starts)
  const [sums, ...rest] = tf.tidy(() => {
    const { input, labels } = inputs(model, lines, starts)
    const fixed = untrained.parts()
    const tensors = trained.parts()
    const observed = new Map<string, Observed>()
    const gradients = new Map<string, TfTensor>()
    const { logits, back } = walk({
      backend, mode: 'training', dropoutKey, tensor: (name) => tensors.get(name)!,
      gradient: (name, value) => gradients.set(name, value),
      observe: (name, value, momentum) => observed.set(name, { value, momentum }),
    }, spec.layers, input)
    const loss = lossOf(tf, spec, logits, labels)
    back(loss.gradient(count > 0 ? 1 / count : 0))
    return [loss.sums, ...trained.parameters.map(({ name }) => gradients.get(name)!), ...(observed.size > 0 ? [moved(model, fixed, observed)] : [])]
  })
  return { sums: sums!, gradients: rest.slice(0, trained.parameters.length), moving: rest[trained.parameters.length] ?? null }
}

/** What `read` makes of the logits of a batch at inference; the caller disposes of it. */
export function infer(model: Model, lines: BoundLines, starts: Int32Array, read: (logits: TfTensor, labels: TfTensor) => TfTensor): TfTensor {
  const { spec, backend, trained, untrained } = model
  select(backend)
  return backend.tf.tidy(() => {
    const { input, labels } = inputs(model, lines, starts)
    const tensors = new Map([...trained.parts(), ...untrained.parts()])
    const nothing = (): void => undefined
    const pass: Pass = { backend, mode: 'inference', dropoutKey: null, tensor: (name) => tensors.get(name)!, gradient: nothing, observe: nothing }
    return read(walk(pass, spec.layers, input).logits, labels)
  })
}
