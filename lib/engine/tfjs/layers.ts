import { hashKey } from '../random'
import type { LayerSpec } from '../types'
import type { LstmTensors, TfTensor, TfjsBackend } from './backend'
import { dropoutMask } from './dropout-mask'

/** One walk through the layers; activations are [steps, windows, width]. */
export interface Pass {
  readonly backend: TfjsBackend
  readonly mode: 'training' | 'inference'
  /** Key of the dropout masks; null turns dropout off. */
  readonly dropoutKey: number | null
  tensor(name: string): TfTensor
  /** Takes the gradient of a tensor on the way back. */
  gradient(name: string, value: TfTensor): void
  /** Takes a batch's mean or variance for a moving average. */
  observe(name: string, value: TfTensor, momentum: number): void
}

/** What a layer gives, and the way back: from that gradient to its tensors', and to the input's where it is asked for. */
export interface Output {
  readonly output: TfTensor
  back(gradient: TfTensor): () => TfTensor
}

type Of<Kind extends LayerSpec['kind']> = LayerSpec & { readonly kind: Kind }

const noWayBack = (): never => {
  throw new RangeError('a layer at inference has no way back')
}

function bilstm(pass: Pass, prefix: string, x: TfTensor): Output {
  const weights = (direction: string): LstmTensors => ({
    kernel: pass.tensor(`${prefix}/${direction}/kernel`),
    recurrentKernel: pass.tensor(`${prefix}/${direction}/recurrentKernel`),
    bias: pass.tensor(`${prefix}/${direction}/bias`),
  })
  const { lstm } = pass.backend
  if (pass.mode === 'inference') return { output: lstm.inference(x, weights('forward'), weights('backward')), back: noWayBack }
  const { output, back } = lstm.training(x, weights('forward'), weights('backward'))
  return {
    output,
    back(dy) {
      const gradients = back(dy)
      for (const direction of ['forward', 'backward'] as const) {
        for (const [name, value] of Object.entries(gradients[direction])) pass.gradient(`${prefix}/${direction}/${name}`, value as TfTensor)
      }
      return () => gradients.input()
    },
  }
}

/** Ioffe and Szegedy 2015 over windows and lines; at inference with the moving averages. */
function batchNorm(pass: Pass, { momentum, epsilon }: Of<'batchNorm'>, prefix: string, x: TfTensor): Output {
  const { backend: { tf }, mode, tensor } = pass
  const rows = tf.reshape(x, [-1, x.shape[2]!])
  const training = mode === 'training'
  const mean = training ? tf.mean(rows, 0) : tensor(`${prefix}/movingMean`)
  const centred = tf.sub(rows, mean)
  const variance = training ? tf.mean(tf.square(centred), 0) : tensor(`${prefix}/movingVariance`)
  const inverse = tf.rsqrt(tf.add(variance, epsilon))
  const scale = tf.mul(tensor(`${prefix}/gamma`), inverse)
  const output = tf.reshape(tf.add(tf.mul(centred, scale), tensor(`${prefix}/beta`)), x.shape)
  if (!training) return { output, back: noWayBack }
  pass.observe(`${prefix}/movingMean`, mean, momentum)
  pass.observe(`${prefix}/movingVariance`, variance, momentum)
  return {
    output,
    back(gradient) {
      const dy = tf.reshape(gradient, rows.shape)
      const normal = tf.mul(centred, inverse)
      const [gamma, beta] = [tf.sum(tf.mul(dy, normal), 0), tf.sum(dy, 0)]
      pass.gradient(`${prefix}/gamma`, gamma)
      pass.gradient(`${prefix}/beta`, beta)
      const share = 1 / rows.shape[0]!
      return () => tf.reshape(tf.mul(tf.sub(dy, tf.add(tf.mul(beta, share), tf.mul(normal, tf.mul(gamma, share)))), scale), x.shape)
    },
  }
}

/** Ba, Kiros and Hinton 2016, over each line's values. */
function layerNorm(pass: Pass, { epsilon }: Of<'layerNorm'>, prefix: string, x: TfTensor): Output {
  const { backend: { tf }, tensor } = pass
  const centred = tf.sub(x, tf.mean(x, -1, true))
  const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon))
  const normal = tf.mul(centred, inverse)
  const gamma = tensor(`${prefix}/gamma`)
  return {
    output: tf.add(tf.mul(normal, gamma), tensor(`${prefix}/beta`)),
    back(dy) {
      pass.gradient(`${prefix}/gamma`, tf.sum(tf.mul(dy, normal), [0, 1]))
      pass.gradient(`${prefix}/beta`, tf.sum(dy, [0, 1]))
      const scaled = tf.mul(dy, gamma)
      const along = tf.mul(normal, tf.mean(tf.mul(scaled, normal), -1, true))
      return () => tf.mul(inverse, tf.sub(tf.sub(scaled, tf.mean(scaled, -1, true)), along))
    },
  }
}

const GELU_SCALE = Math.sqrt(2 / Math.PI)
const GELU_CUBIC = 0.044715

/** The activation of z, and its slope there: GELU in Hendrycks and Gimpel's (2016) tanh form, Keras's approximate=True. */
function activate({ backend: { tf } }: Pass, activation: Of<'dense'>['activation'], z: TfTensor): { y: TfTensor; slope: (() => TfTensor) | null } {
  if (activation === 'linear') return { y: z, slope: null }
  if (activation === 'relu') return { y: tf.relu(z), slope: () => tf.step(z) }
  const square = tf.square(z)
  const t = tf.tanh(tf.mul(tf.mul(z, GELU_SCALE), tf.add(1, tf.mul(square, GELU_CUBIC))))
  const rising = tf.add(1, t)
  const inner = (): TfTensor => tf.mul(tf.sub(1, tf.square(t)), tf.mul(GELU_SCALE, tf.add(1, tf.mul(square, 3 * GELU_CUBIC))))
  return { y: tf.mul(tf.mul(z, 0.5), rising), slope: () => tf.mul(0.5, tf.add(rising, tf.mul(z, inner()))) }
}

function dense(pass: Pass, { units, activation }: Of<'dense'>, prefix: string, x: TfTensor): Output {
  const { backend: { tf }, tensor } = pass
  const [steps = 0, windows = 0, width = 0] = x.shape
  const rows = tf.reshape(x, [steps * windows, width])
  const kernel = tensor(`${prefix}/kernel`)
  const { y, slope } = activate(pass, activation, tf.add(tf.matMul(rows, kernel), tensor(`${prefix}/bias`)))
  return {
    output: tf.reshape(y, [steps, windows, units]),
    back(gradient) {
      const flat = tf.reshape(gradient, [steps * windows, units])
      const dz = slope ? tf.mul(flat, slope()) : flat
      pass.gradient(`${prefix}/kernel`, tf.matMul(rows, dz, true, false))
      pass.gradient(`${prefix}/bias`, tf.sum(dz, 0))
      return () => tf.reshape(tf.matMul(dz, kernel, false, true), x.shape)
    },
  }
}

function dropout({ backend: { tf }, dropoutKey }: Pass, layer: Of<'dropout'> | Of<'featureDropout'>, index: number, x: TfTensor): Output {
  if (dropoutKey === null || layer.rate === 0) return { output: x, back: (dy) => () => dy }
  const [steps = 0, windows = 0, width = 0] = x.shape
  const masked = layer.kind === 'dropout' ? steps : 1
  const mask = tf.tensor3d(dropoutMask(masked * width, width, windows, layer.rate, hashKey(dropoutKey, index)), [masked, windows, width])
  return { output: tf.mul(x, mask), back: (dy) => () => tf.mul(dy, mask) }
}

/** `rows` are those of the table, [steps, windows, features]. */
function embedding(pass: Pass, prefix: string, rows: TfTensor): Output {
  const { backend: { tf } } = pass
  const [steps = 0, windows = 0, features = 0] = rows.shape
  const table = pass.tensor(`${prefix}/table`)
  const [codes = 0, dimension = 0] = table.shape
  const flat = tf.reshape(rows, [-1]) as ReturnType<typeof tf.tensor1d>
  return {
    output: tf.reshape(tf.gather(table, flat), [steps, windows, features * dimension]),
    back(dy) {
      pass.gradient(`${prefix}/table`, tf.unsortedSegmentSum(tf.reshape(dy, [-1, dimension]), flat, codes))
      return noWayBack
    },
  }
}

/** One layer; `add` is no function of its input alone and is left to the caller. */
export function applyLayer(pass: Pass, layer: Exclude<LayerSpec, Of<'add'>>, index: number, x: TfTensor): Output {
  const prefix = `layer${index}`
  switch (layer.kind) {
    case 'bilstm':
      return bilstm(pass, prefix, x)
    case 'batchNorm':
      return batchNorm(pass, layer, prefix, x)
    case 'layerNorm':
      return layerNorm(pass, layer, prefix, x)
    case 'dense':
      return dense(pass, layer, prefix, x)
    case 'dropout':
    case 'featureDropout':
      return dropout(pass, layer, index, x)
    case 'embedding':
      return embedding(pass, prefix, x)
  }
}
