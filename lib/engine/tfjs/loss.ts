import { headSizes } from '../spec'
import type { LossSpec, NetworkSpec } from '../types'
import type { Tf, TfTensor } from './backend'

/** Keras clips probabilities to [epsilon, 1 - epsilon] in the focal loss; outside, the gradient is 0. */
const EPSILON = 1e-7

/** Some heads of one size: logits [rows, heads, classes], labels [rows, heads]. */
interface HeadGroup { readonly logits: TfTensor; readonly labels: TfTensor; readonly classes: number }

/** What a batch's labels say of its logits. */
export interface Loss {
  /** [summed loss, labels that the largest logit of their head names], over all labels that are not masked. */
  readonly sums: TfTensor
  /** Of scale * loss, [steps, windows, outputs]. */
  gradient(scale: number): TfTensor
}

/** All heads at once where they are of one size, else one by one. */
function groups(tf: Tf, spec: NetworkSpec, logits: TfTensor, labels: TfTensor): HeadGroup[] {
  const sizes = headSizes(spec)
  const rows = logits.shape[0]! * logits.shape[1]!
  const flat = tf.reshape(labels, [rows, spec.heads])
  if (new Set(sizes).size === 1) return [{ logits: tf.reshape(logits, [rows, spec.heads, sizes[0]!]), labels: flat, classes: sizes[0]! }]
  const byHead = tf.split(flat, spec.heads, 1)
  return tf.split(tf.reshape(logits, [rows, -1]), [...sizes], 1)
    .map((own, head) => ({ logits: tf.reshape(own, [rows, 1, sizes[head]!]), labels: byHead[head]!, classes: sizes[head]! }))
}

/** Each label's loss, and the factor of its gradient factor * (p_k - [k is the label]); probability [rows, heads] is the label's. */
function focal(tf: Tf, { gamma, alpha }: LossSpec & { kind: 'focal' }, probability: TfTensor): { loss: TfTensor; factor: () => TfTensor } {
  const p = tf.clipByValue(probability, EPSILON, 1 - EPSILON)
  const rest = tf.sub(1, p)
  const log = tf.log(p)
  const power = gamma === 2 ? tf.square(rest) : tf.pow(rest, gamma)
  const factor = (): TfTensor => {
    const slope = gamma === 0 ? tf.zerosLike(rest) : tf.mul(gamma, tf.pow(rest, gamma - 1))
    const within = tf.cast(tf.logicalAnd(tf.greaterEqual(probability, EPSILON), tf.lessEqual(probability, 1 - EPSILON)), 'float32')
    return tf.mul(within, tf.mul(alpha, tf.sub(power, tf.mul(tf.mul(slope, p), log))))
  }
  return { loss: tf.mul(-alpha, tf.mul(power, log)), factor }
}

interface GroupLoss { readonly loss: TfTensor; readonly hits: TfTensor; gradient(scale: number): TfTensor }

function groupLoss(tf: Tf, spec: LossSpec, { logits, labels, classes }: HeadGroup): GroupLoss {
  const labelled = tf.cast(tf.greaterEqual(labels, tf.scalar(0, 'int32')), 'float32')
  const truth = tf.cast(tf.equal(tf.expandDims(labels, -1), tf.range(0, classes, 1, 'int32')), 'float32')
  const hits = tf.sum(tf.cast(tf.equal(tf.argMax(logits, -1), labels), 'float32'))
  const probabilities = tf.softmax(logits, -1)
  const towards = (factor: TfTensor): TfTensor => tf.mul(tf.expandDims(factor, -1), tf.sub(probabilities, truth))
  if (spec.kind === 'crossEntropy') {
    const loss = tf.neg(tf.sum(tf.mul(truth, tf.logSoftmax(logits, -1))))
    return { loss, hits, gradient: (scale) => towards(tf.mul(labelled, scale)) }
  }
  const { loss, factor } = focal(tf, spec, tf.sum(tf.mul(truth, probabilities), -1))
  return { loss: tf.sum(tf.mul(labelled, loss)), hits, gradient: (scale) => towards(tf.mul(tf.mul(labelled, factor()), scale)) }
}

/** The loss of logits [steps, windows, outputs] for labels [steps, windows, heads], -1 masking a label. */
export function lossOf(tf: Tf, spec: NetworkSpec, logits: TfTensor, labels: TfTensor): Loss {
  const own = groups(tf, spec, logits, labels).map((group) => groupLoss(tf, spec.loss, group))
  return {
    sums: tf.stack([tf.addN(own.map(({ loss }) => loss)), tf.addN(own.map(({ hits }) => hits))]),
    gradient(scale) {
      const rows = own.map((group) => {
        const gradient = group.gradient(scale)
        return tf.reshape(gradient, [gradient.shape[0]!, -1])
      })
      return tf.reshape(tf.concat(rows, 1), logits.shape)
    },
  }
}

/** A softmax for each head: [steps, windows, outputs]. */
export function probabilities(tf: Tf, spec: NetworkSpec, logits: TfTensor): TfTensor {
  const sizes = headSizes(spec)
  if (new Set(sizes).size > 1) return tf.concat(tf.split(logits, [...sizes], 2).map((own) => tf.softmax(own, -1)), 2)
  return tf.reshape(tf.softmax(tf.reshape(logits, [...logits.shape.slice(0, 2), spec.heads, sizes[0]!]), -1), logits.shape)
}
