import { AuditweaveError } from '@/lib/audit/errors'

/**
 * The functions of lib/engine/assembly. Addresses and strides are bytes, other sizes are counts, and
 * booleans are 0 or 1; what each does is told where it is written.
 */
export interface Kernels {
  usesFma(): number
  heapBase(): number
  panelRows(): number
  pack(target: number, source: number, rows: number, depth: number, rowStride: number, depthStride: number, from: number, to: number): void
  gemm(a: number, b: number, c: number, rows: number, depth: number, lanes: number, bias: number, accumulate: number): void
  gemmSteps(
    a: number, b: number, bStep: number, c: number, cStep: number,
    rows: number, depth: number, lanes: number, steps: number, bias: number, accumulate: number,
  ): void
  outerProduct(
    x: number, xStep: number, z: number, zStep: number, d: number,
    rows: number, columns: number, steps: number, lanes: number, scratch: number,
  ): void
  rowSums(z: number, zStep: number, d: number, columns: number, steps: number, lanes: number): void
  lstmForward(
    kernel: number, recurrent: number, bias: number, x: number, inputs: number,
    z: number, cell: number, cellTanh: number, output: number, oStep: number,
    units: number, steps: number, lanes: number, reverse: number,
  ): void
  lstmInfer(
    kernel: number, recurrent: number, bias: number, x: number, inputs: number,
    z: number, cell: number, cellTanh: number, output: number, oStep: number,
    units: number, steps: number, lanes: number, reverse: number,
  ): void
  lstmBackward(
    recurrent: number, z: number, cell: number, cellTanh: number, dOutput: number, oStep: number,
    dHidden: number, dCell: number, units: number, steps: number, lanes: number, reverse: number,
  ): void
  normSums(x: number, mask: number, sums: number, scratch: number, channels: number, steps: number, lanes: number): void
  normCombine(
    sums: number, sumsStride: number, windows: number, steps: number, lanes: number, channels: number,
    epsilon: number, mean: number, variance: number, inverse: number,
  ): void
  normInverse(variance: number, inverse: number, channels: number, epsilon: number): void
  normMoving(moving: number, batch: number, channels: number, momentum: number): void
  normApply(
    x: number, y: number, mean: number, inverse: number, gamma: number, beta: number,
    channels: number, steps: number, lanes: number,
  ): void
  normGradientSums(x: number, dy: number, mean: number, sums: number, scratch: number, channels: number, steps: number, lanes: number): void
  normGradientCombine(
    sums: number, sumsStride: number, shards: number, count: number, channels: number,
    gamma: number, inverse: number, dGamma: number, dBeta: number, coefficients: number,
  ): void
  normGradientApply(
    x: number, dy: number, mask: number, mean: number, coefficients: number,
    channels: number, steps: number, lanes: number,
  ): void
  layerNormForward(
    x: number, y: number, statistics: number, gamma: number, beta: number, epsilon: number,
    channels: number, steps: number, lanes: number,
  ): void
  layerNormGradient(
    x: number, dy: number, statistics: number, gamma: number, dGamma: number, dBeta: number, scratch: number,
    channels: number, steps: number, lanes: number,
  ): void
  embeddingForward(
    table: number, offsets: number, codes: number, y: number, features: number, dimension: number, steps: number, lanes: number,
  ): void
  embeddingGradient(
    dTable: number, bytes: number, offsets: number, codes: number, dy: number,
    features: number, dimension: number, steps: number, lanes: number,
  ): void
  foldRows(table: number, kernel: number, folded: number, rows: number, dimension: number, units: number, width: number): void
  foldedForward(
    folded: number, offsets: number, codes: number, bias: number, y: number, scratch: number,
    features: number, units: number, width: number, steps: number, lanes: number,
  ): void
  gelu(x: number, y: number, bytes: number): void
  geluGradient(x: number, dy: number, bytes: number): void
  add(a: number, b: number, y: number, bytes: number): void
  copy(from: number, to: number, bytes: number): void
  fill(target: number, value: number, bytes: number): void
  multiplySteps(x: number, y: number, mask: number, stepBytes: number, steps: number): void
  interpolate(x: number, baseline: number, width: number, steps: number, lanes: number, first: number, points: number): void
  probabilityGradient(logits: number, mask: number, gradient: number, classes: number, target: number, lanes: number): void
  relu(x: number, bytes: number): void
  reluGradient(y: number, dy: number, bytes: number): void
  dropout(x: number, y: number, rows: number, lanes: number, firstWindow: number, key: number, threshold: number, scale: number): void
  softmaxLoss(
    logits: number, labels: number, gradient: number, steps: number, heads: number, sizes: number, lanes: number,
    scale: number, kind: number, gamma: number, alpha: number, result: number,
  ): void
  softmax(logits: number, steps: number, heads: number, sizes: number, lanes: number): void
  reduceGradients(gradient: number, stride: number, shards: number, bytes: number): void
  reduceSquares(gradient: number, stride: number, shards: number, bytes: number, result: number): void
  clipFactor(squares: number, count: number, limit: number): number
  adam(
    weights: number, gradient: number, stride: number, shards: number, first: number, second: number, bytes: number,
    factor: number, rate: number, beta1: number, beta2: number, epsilon: number,
  ): void
  gatherFeatures(lines: number, starts: number, x: number, width: number, steps: number, lanes: number, active: number): void
  gatherCodes(lines: number, starts: number, x: number, width: number, steps: number, lanes: number, active: number): void
  gatherLabels(lines: number, starts: number, y: number, heads: number, steps: number, lanes: number, active: number): void
  laneMask(mask: number, lanes: number, active: number): void
  scatterLanes(shard: number, target: number, values: number, lanes: number, active: number): void
}

/** Below this the module keeps its own constants. */
export const MEMORY_START = 65_536

/** Binds a compiled module to a memory. @throws AuditweaveError 'engine-unusable' when it is not one of ours. */
export async function instantiateKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): Promise<Kernels> {
  const abort = (): never => { throw new AuditweaveError('engine-unusable', 'A kernel stopped: rebuild the engine with `npm run build:engine`.') }
  const instance = await WebAssembly.instantiate(module, { env: { memory, abort } })
  const kernels = instance.exports as unknown as Kernels
  if (typeof kernels.heapBase !== 'function' || kernels.heapBase() > MEMORY_START) {
    throw new AuditweaveError('engine-unusable', 'The WebAssembly module is not this engine\'s: rebuild it with `npm run build:engine`.')
  }
  return kernels
}
