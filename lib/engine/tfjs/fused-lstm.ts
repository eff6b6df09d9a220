import type { LstmStrategy, LstmTensors, Tf, TfTensor } from './backend'

/** What the node binding's backend offers beside tfjs's own operations. */
export interface NodeBackend {
  readonly binding: { readonly TF_ATTR_TYPE: number; readonly TF_ATTR_FLOAT: number; readonly TF_ATTR_BOOL: number; readonly TF_FLOAT: number }
  executeMultipleOutputs(operation: string, attributes: readonly unknown[], inputs: readonly unknown[], outputs: number): TfTensor[]
}

/** The binding's wrapper for a 64-bit number among the inputs. */
export type Int64Scalar = new (value: number) => object

/** Outputs of BlockLSTMV2: i, cell state, f, o, c, squashed cell state, hidden state. */
const OUTPUTS = 7
const CELL = 1
const HIDDEN = 6
/** Outputs of BlockLSTMGradV2, by what they are the gradient of. */
const GRADIENTS = 8
const OF_INPUT = 0
const OF_KERNEL = 3
const OF_BIAS = 7

/**
 * An LSTM through TensorFlow's fused BlockLSTMV2 and BlockLSTMGradV2, whose gates stand as Keras's (i, f, c, o) and whose one
 * kernel is [input kernel; recurrent kernel].
 */
export function fusedLstm(tf: Tf, backend: NodeBackend, Int64: Int64Scalar): LstmStrategy {
  const { TF_ATTR_TYPE, TF_ATTR_FLOAT, TF_ATTR_BOOL, TF_FLOAT } = backend.binding
  const ofFloats = { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT }
  const noPeephole = { name: 'use_peephole', type: TF_ATTR_BOOL, value: false }
  const noClip = { name: 'cell_clip', type: TF_ATTR_FLOAT, value: 0 }

  function oneWay(x: TfTensor, weights: LstmTensors): { output: TfTensor; back(gradient: TfTensor): { tensors: LstmTensors; input: TfTensor } } {
    const [steps = 0, windows = 0, width = 0] = x.shape
    const units = weights.recurrentKernel.shape[0] ?? 0
    const start = tf.zeros([windows, units])
    const peephole = tf.zeros([units])
    const inputs = [new Int64(steps), x, start, start, tf.concat([weights.kernel, weights.recurrentKernel], 0), peephole, peephole, peephole, weights.bias]
    const outputs = backend.executeMultipleOutputs('BlockLSTMV2', [ofFloats, noClip, noPeephole], inputs, OUTPUTS)
    return {
      output: outputs[HIDDEN]!,
      back(gradient) {
        const slopes = backend.executeMultipleOutputs(
          'BlockLSTMGradV2', [ofFloats, noPeephole], [...inputs, ...outputs, tf.zerosLike(outputs[CELL]!), gradient], GRADIENTS,
        )
        const [kernel, recurrentKernel] = tf.split(slopes[OF_KERNEL]!, [width, units])
        return { tensors: { kernel: kernel!, recurrentKernel: recurrentKernel!, bias: slopes[OF_BIAS]! }, input: slopes[OF_INPUT]! }
      },
    }
  }

  const join = (forward: TfTensor, backward: TfTensor): TfTensor => tf.concat([forward, tf.reverse(backward, 0)], 2)

  return {
    inference: (x, forward, backward) => join(oneWay(x, forward).output, oneWay(tf.reverse(x, 0), backward).output),
    training(x, forward, backward) {
      const [there, andBack] = [oneWay(x, forward), oneWay(tf.reverse(x, 0), backward)]
      return {
        output: join(there.output, andBack.output),
        back(gradient) {
          const [ofForward, ofBackward] = tf.split(gradient, 2, 2)
          const [first, second] = [there.back(ofForward!), andBack.back(tf.reverse(ofBackward!, 0))]
          return { forward: first.tensors, backward: second.tensors, input: () => tf.add(first.input, tf.reverse(second.input, 0)) }
        },
      }
    },
  }
}
