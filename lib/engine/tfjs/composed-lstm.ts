import type { LstmGradients, LstmPass, LstmStrategy, LstmTensors, Tf, TfTensor } from './backend'

/** Both directions side by side, so that each operation serves two: [2, windows, ...]. */
interface Stacked {
  /** The input's share of each step's gates, the backward direction's steps in its own order. */
  readonly inputs: readonly TfTensor[]
  readonly recurrent: TfTensor
}

interface State { readonly cell: TfTensor; readonly hidden: TfTensor }
/** What the way back needs of one step. */
interface Step extends State { readonly i: TfTensor; readonly f: TfTensor; readonly g: TfTensor; readonly o: TfTensor; readonly squashed: TfTensor }

/** [steps, windows, 2n] to each step's [2, windows, n], the second half's steps reversed. */
function apart(tf: Tf, x: TfTensor): TfTensor[] {
  const [forward, backward] = tf.split(x, 2, 2)
  return tf.unstack(tf.stack([forward!, tf.reverse(backward!, 0)], 1))
}

/** The inverse of `apart`. */
function joined(tf: Tf, steps: readonly TfTensor[]): TfTensor {
  const [forward, backward] = tf.unstack(tf.stack([...steps]), 1)
  return tf.concat([forward!, tf.reverse(backward!, 0)], 2)
}

function project(tf: Tf, x: TfTensor, forward: LstmTensors, backward: LstmTensors): Stacked {
  const [steps = 0, windows = 0, width = 0] = x.shape
  const kernel = tf.concat([forward.kernel, backward.kernel], 1)
  const projected = tf.add(tf.matMul(tf.reshape(x, [steps * windows, width]), kernel), tf.concat([forward.bias, backward.bias], 0))
  return {
    inputs: apart(tf, tf.reshape(projected, [steps, windows, kernel.shape[1] ?? 0])),
    recurrent: tf.stack([forward.recurrentKernel, backward.recurrentKernel]),
  }
}

function advance(tf: Tf, input: TfTensor, recurrent: TfTensor, before: State | null): Step {
  const [zi, zf, zg, zo] = tf.split(before ? tf.add(input, tf.matMul(before.hidden, recurrent)) : input, 4, 2)
  const [i, f, g, o] = [tf.sigmoid(zi!), tf.sigmoid(zf!), tf.tanh(zg!), tf.sigmoid(zo!)]
  const cell = before ? tf.add(tf.mul(f, before.cell), tf.mul(i, g)) : tf.mul(i, g)
  const squashed = tf.tanh(cell)
  return { i, f, g, o, cell, squashed, hidden: tf.mul(o, squashed) }
}

function inference(tf: Tf, x: TfTensor, forward: LstmTensors, backward: LstmTensors): TfTensor {
  return tf.tidy(() => {
    const { inputs, recurrent } = project(tf, x, forward, backward)
    let state: State | null = null
    const hidden: TfTensor[] = []
    for (const input of inputs) {
      const before: State | null = state
      const [cell, own] = tf.tidy(() => {
        const after = advance(tf, input, recurrent, before)
        return [after.cell, after.hidden] as [TfTensor, TfTensor]
      })
      state = { cell, hidden: own }
      hidden.push(own)
    }
    return joined(tf, hidden)
  })
}

type Slopes = [gates: TfTensor, cell: TfTensor]

/** One step back: gradients of its gates before their activation, joined, and of the cell state before it. */
function slopes(tf: Tf, step: Step, before: TfTensor | null, hidden: TfTensor, carried: TfTensor | null): Slopes {
  const { i, f, g, o, squashed } = step
  const own = tf.mul(tf.mul(hidden, o), tf.sub(1, tf.square(squashed)))
  const cell = carried ? tf.add(own, carried) : own
  const sigmoidSlope = (y: TfTensor): TfTensor => tf.mul(y, tf.sub(1, y))
  const gates = tf.concat([
    tf.mul(tf.mul(cell, g), sigmoidSlope(i)),
    before ? tf.mul(tf.mul(cell, before), sigmoidSlope(f)) : tf.zerosLike(f),
    tf.mul(tf.mul(cell, i), tf.sub(1, tf.square(g))),
    tf.mul(tf.mul(hidden, squashed), sigmoidSlope(o)),
  ], 2)
  return [gates, tf.mul(cell, f)]
}

/** The gradients of each step's gates before their activation [2, windows, 4u] from the outputs' gradients. */
function unroll(tf: Tf, steps: readonly Step[], recurrent: TfTensor, outputs: readonly TfTensor[]): TfTensor[] {
  const result: TfTensor[] = []
  let carried = null as State | null
  for (let s = steps.length - 1; s >= 0; s--) {
    const after = carried
    const [gates, cell]: Slopes = tf.tidy(() => slopes(
      tf, steps[s]!, steps[s - 1]?.cell ?? null, after ? tf.add(outputs[s]!, after.hidden) : outputs[s]!, after?.cell ?? null,
    ))
    result[s] = gates
    carried = { hidden: tf.matMul(gates, recurrent, false, true), cell }
  }
  return result
}

function gradients(tf: Tf, x: TfTensor, kernel: TfTensor, recurrent: TfTensor, steps: readonly Step[], output: TfTensor): LstmGradients {
  const [count = 0, windows = 0, width = 0] = x.shape
  const rows = count * windows
  const gates = unroll(tf, steps, recurrent, apart(tf, output))
  const past = [tf.zerosLike(steps[0]!.hidden), ...steps.slice(0, -1).map(({ hidden }) => hidden)]
  const byDirection = (values: readonly TfTensor[]): TfTensor => tf.reshape(tf.transpose(tf.stack([...values]), [1, 0, 2, 3]), [2, rows, values[0]!.shape[2]!])
  const [recurrentForward, recurrentBackward] = tf.unstack(tf.matMul(byDirection(past), byDirection(gates), true, false))
  const all = tf.reshape(joined(tf, gates), [rows, kernel.shape[1]!])
  const [kernelForward, kernelBackward] = tf.split(tf.matMul(tf.reshape(x, [rows, width]), all, true, false), 2, 1)
  const [biasForward, biasBackward] = tf.split(tf.sum(all, 0), 2, 0)
  return {
    forward: { kernel: kernelForward!, recurrentKernel: recurrentForward!, bias: biasForward! },
    backward: { kernel: kernelBackward!, recurrentKernel: recurrentBackward!, bias: biasBackward! },
    input: () => tf.reshape(tf.matMul(all, kernel, false, true), x.shape),
  }
}

function training(tf: Tf, x: TfTensor, forward: LstmTensors, backward: LstmTensors): LstmPass {
  const { inputs, recurrent } = project(tf, x, forward, backward)
  const steps: Step[] = []
  for (const [s, input] of inputs.entries()) steps.push(tf.tidy(() => ({ ...advance(tf, input, recurrent, steps[s - 1] ?? null) })))
  return {
    output: joined(tf, steps.map(({ hidden }) => hidden)),
    back: (output) => gradients(tf, x, tf.concat([forward.kernel, backward.kernel], 1), recurrent, steps, output),
  }
}

/** An LSTM of elementary operations: for any backend. */
export const composedLstm = (tf: Tf): LstmStrategy => ({
  training: (x, forward, backward) => training(tf, x, forward, backward),
  inference: (x, forward, backward) => inference(tf, x, forward, backward),
})
