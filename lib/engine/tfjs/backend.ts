import type * as Core from '@tensorflow/tfjs-core'

/** The functions of @tensorflow/tfjs-core, whichever copy of it a backend is registered with. */
export type Tf = typeof Core
export type TfTensor = Core.Tensor

/** One direction's tensors or their gradients, in Keras layout: [in, 4u], [u, 4u], [4u], gates i, f, c, o. */
export interface LstmTensors { readonly kernel: TfTensor; readonly recurrentKernel: TfTensor; readonly bias: TfTensor }

export interface LstmGradients {
  readonly forward: LstmTensors
  readonly backward: LstmTensors
  /** Of the input; computed where it is asked for. */
  input(): TfTensor
}

/** What a bidirectional LSTM gives, and the way back from the gradient of that. */
export interface LstmPass {
  readonly output: TfTensor
  back(gradient: TfTensor): LstmGradients
}

/**
 * How a backend computes both directions of an LSTM over x [steps, windows, in], the one layer that is worth a choice:
 * [steps, windows, 2u], the forward half first. Called within a tidy.
 */
export interface LstmStrategy {
  training(x: TfTensor, forward: LstmTensors, backward: LstmTensors): LstmPass
  inference(x: TfTensor, forward: LstmTensors, backward: LstmTensors): TfTensor
}

/** A tfjs backend that is registered with `tf` and ready. */
export interface TfjsBackend {
  readonly tf: Tf
  /** As tfjs names it: 'cpu', 'tensorflow', 'webgpu'. */
  readonly name: string
  readonly lstm: LstmStrategy
  /** Whether tensors can be read without waiting; else the state is read back after each change. */
  readonly reads: 'at once' | 'later'
}

/** Makes a backend the current one: tfjs has one for the process, and other networks may use another. */
export function select({ tf, name }: TfjsBackend): void {
  // The promise is of no interest: a backend that is ready is taken before the call returns.
  if (tf.getBackend() !== name) void tf.setBackend(name)
}
