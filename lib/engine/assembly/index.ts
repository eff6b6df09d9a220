/** What the engine calls: lib/engine/wasm/kernels.ts declares the same functions for TypeScript. */
export { adam, reduceGradients } from './adam'
export {
  normApply, normCombine, normGradientApply, normGradientCombine, normGradientSums, normInverse, normMoving, normSums,
} from './batch-norm'
export { dropout, relu, reluGradient } from './elementwise'
export { gemm, gemmSteps, pack, panelRows } from './gemm'
export { softmax, softmaxLoss } from './loss'
export { lstmBackward, lstmForward, lstmInfer } from './lstm'
export { outerProduct, rowSums } from './outer'
export { gatherFeatures, gatherLabels, laneMask, scatterLanes } from './windows'

/** Whether this build multiplies and adds in one operation. */
export function usesFma(): bool {
  return ASC_FEATURE_RELAXED_SIMD
}

/** The first address that no constant of this module uses. */
export function heapBase(): usize {
  return __heap_base
}
