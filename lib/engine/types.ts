/**
 * What an engine computes: a stack of layers over windows of W consecutive lines of F features.
 * Tensors are float32 in Keras layout (LSTM kernels [in, 4u], gates i, f, c, o).
 */
export type LayerSpec =
  | { readonly kind: 'bilstm'; readonly units: number }
  | { readonly kind: 'batchNorm'; readonly momentum: number; readonly epsilon: number }
  | { readonly kind: 'dropout'; readonly rate: number }
  | { readonly kind: 'dense'; readonly units: number; readonly activation: 'linear' | 'relu' | 'gelu' }
  /**
   * First layer only: the features are codes, feature j below `sizes[j]`, and become a learnt vector of `dimension` values each.
   * One tensor `layer0/table` [sum of sizes, dimension]; the rows of feature j follow those of feature j - 1.
   */
  | { readonly kind: 'embedding'; readonly sizes: readonly number[]; readonly dimension: number }
  /** Drops a channel, behind an embedding one value of a feature's vector, from all steps of a window at once (Keras's SpatialDropout1D). */
  | { readonly kind: 'featureDropout'; readonly rate: number }
  | { readonly kind: 'layerNorm'; readonly epsilon: number }
  /** Adds the output of the earlier layer `from` (its index) to the layer before this one; both are of one width. */
  | { readonly kind: 'add'; readonly from: number }

export type LossSpec =
  | { readonly kind: 'crossEntropy' }
  | { readonly kind: 'focal'; readonly gamma: number; readonly alpha: number }

/** The last layer gives one output for each class of each head: `heads` softmaxes of `classes` each, or of `headSizes[h]`. */
export interface NetworkSpec {
  readonly features: number
  readonly window: number
  readonly layers: readonly LayerSpec[]
  readonly heads: number
  readonly classes: number
  /** Classes of each head where they differ; `classes` is then the largest of them. */
  readonly headSizes?: readonly number[]
  readonly loss: LossSpec
}

export interface Tensor { readonly shape: readonly number[]; readonly data: Float32Array }
/** Named tensors, e.g. `layer0/forward/kernel`, `layer1/gamma`, `layer1/movingMean`, in a fixed order. */
export type Weights = ReadonlyMap<string, Tensor>

/** Adam's state: first and second moments by tensor name, and the number of steps taken. */
export interface OptimizerState { readonly step: number; readonly first: Weights; readonly second: Weights }

/**
 * Encoded lines that windows are cut from: features [lines * F], labels [lines * heads] (class index; -1 masks a line out of that head's loss).
 * 16-bit codes halve the memory of a network that begins with an embedding.
 */
export interface LineMatrix { readonly lines: number; readonly features: Float32Array | Uint16Array; readonly labels: Int32Array }

export interface EngineOptions {
  /** Worker threads that share a batch; the result does not depend on their number (see README.md). */
  readonly threads: number
  /** Largest batch (windows) that a step or gradients will be asked for; evaluate and predict cut more into chunks. */
  readonly batch: number
  /** Seeds the initial weights and every dropout mask. */
  readonly seed: number
  /** Saves the memory of training; step, gradients and the optimizer are then refused. */
  readonly inferenceOnly?: boolean
  /** Longest gradient of each tensor (Keras's clipnorm); no limit where absent. */
  readonly clipNorm?: number
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
   * Probabilities [starts.length * W * outputs] at inference (moving averages, no dropout).
   * All of them at once: over many windows, call it for some thousands at a time.
   */
  predict(starts: Int32Array): Promise<Float32Array>
  /**
   * Integrated gradients (Sundararajan et al. 2017) of a class's probability at one step of the window that begins at `start`, along the straight
   * way from `baseline` (a value or code for each feature, the same at all steps) to the line's own, in embedding space where there
   * is one; [W * F], summed over a feature's embedding. Absent where an engine cannot.
   */
  attributions?(start: number, target: { readonly step: number; readonly head: number; readonly class: number }, options: { readonly baseline: Float32Array; readonly points: number }): Promise<Float32Array>
  dispose(): Promise<void>
}

export interface Engine {
  readonly name: string
  /** What was chosen on this machine and why, for the run's record, e.g. "wasm, FMA, 2 threads". */
  readonly description: string
  create(spec: NetworkSpec, options: EngineOptions): Promise<Network>
}
