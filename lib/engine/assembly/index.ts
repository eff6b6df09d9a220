/** What the engine calls: lib/engine/wasm/kernels.ts declares the same functions for TypeScript. */
export { adam, clipFactor, reduceGradients, reduceSquares } from './adam'
export { interpolate, probabilityGradient } from './attribution'
export {
  normApply, normCombine, normGradientApply, normGradientCombine, normGradientSums, normInverse, normMoving, normSums,
} from './batch-norm'
export { add, copy, dropout, fill, gelu, geluGradient, multiplySteps, relu, reluGradient } from './elementwise'
export { embeddingForward, embeddingGradient } from './embedding'
export { foldedForward, foldRows } from './fold'
export { gemm, gemmSteps, pack, panelRows } from './gemm'
export { layerNormForward, layerNormGradient } from './layer-norm'
export { softmax, softmaxLoss } from './loss'
export { lstmBackward, lstmForward, lstmInfer } from './lstm'
export { outerProduct, rowSums } from './outer'
export { gatherCodes, gatherFeatures, gatherLabels, laneMask, scatterLanes } from './windows'

/** Whether this build multiplies and adds in one operation. */
export function usesFma(): bool {
  return ASC_FEATURE_RELAXED_SIMD
}

/** The first address that no constant of this module uses. */
export function heapBase(): usize {
  return __heap_base
}
