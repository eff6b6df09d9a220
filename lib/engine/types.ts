/**
 * What an engine computes: a stack of layers over windows of W consecutive lines of F features.
 * Tensors are float32 in Keras layout (LSTM kernels [in, 4u], gates i, f, c, o).
 */
export type LayerSpec =
  | { readonly kind: 'bilstm'; readonly units: number }
  | { readonly kind: 'batchNorm'; readonly momentum: number; readonly epsilon: number }
  | { readonly kind: 'dropout'; readonly rate: number }
  | { readonly kind: 'dense'; readonly units: number; readonly activation: 'linear' | 'relu' }

export type LossSpec =
  | { readonly kind: 'crossEntropy' }
  | { readonly kind: 'focal'; readonly gamma: number; readonly alpha: number }

/** The last layer must give heads * classes outputs, read as `heads` softmaxes of `classes` each. */
export interface NetworkSpec {
  readonly features: number
  readonly window: number
  readonly layers: readonly LayerSpec[]
  readonly heads: number
  readonly classes: number
  readonly loss: LossSpec
}

export interface Tensor { readonly shape: readonly number[]; readonly data: Float32Array }
/** Named tensors, e.g. `layer0/forward/kernel`, `layer1/gamma`, `layer1/movingMean`, in a fixed order. */
export type Weights = ReadonlyMap<string, Tensor>

/** Adam's state: first and second moments by tensor name, and the number of steps taken. */
export interface OptimizerState { readonly step: number; readonly first: Weights; readonly second: Weights }

/** Encoded lines that windows are cut from: features [lines * F], labels [lines * heads] (class index; -1 masks a line out of the loss). */
export interface LineMatrix { readonly lines: number; readonly features: Float32Array; readonly labels: Int32Array }

export interface EngineOptions {
  /** Worker threads that share a batch; the result does not depend on their number (see README.md). */
  readonly threads: number
  /** Largest batch (windows) that a step or gradients will be asked for; evaluate and predict cut more into chunks. */
  readonly batch: number
  /** Seeds the initial weights and every dropout mask. */
  readonly seed: number
  /** Saves the memory of training; step, gradients and the optimizer are then refused. */
  readonly inferenceOnly?: boolean
}

/** One step's loss: mean over windows, lines and heads, as Keras reports it. */
export interface StepResult { readonly loss: number; readonly accuracy: number }

export interface Network {
  readonly spec: NetworkSpec
  /** Copies the line matrix into the engine; later calls name windows by their first line. */
  bind(lines: LineMatrix): void
  weights(): Weights
  setWeights(weights: Weights): void
  optimizer(): OptimizerState
  setOptimizer(state: OptimizerState): void
  /** One Adam step over the windows that begin at `starts` (any number up to `batch`; tails allowed). `dropoutKey` makes masks reproducible after a resume. */
  step(starts: Int32Array, learningRate: number, dropoutKey: number): Promise<StepResult>
  /** Gradients of the mean loss at the present weights, dropout off: the conformance test compares these with Keras. */
  gradients(starts: Int32Array): Promise<{ readonly loss: number; readonly gradients: Weights }>
  /** Loss and per-head accuracy without training. */
  evaluate(starts: Int32Array): Promise<StepResult>
  /**
   * Probabilities [starts.length * W * heads * classes] at inference (moving averages, no dropout).
   * All of them at once: over many windows, call it for some thousands at a time.
   */
  predict(starts: Int32Array): Promise<Float32Array>
  dispose(): Promise<void>
}

export interface Engine {
  readonly name: string
  /** What was chosen on this machine and why, for the run's record, e.g. "wasm, FMA, 2 threads". */
  readonly description: string
  create(spec: NetworkSpec, options: EngineOptions): Promise<Network>
}
