import type { Arena } from '../arena'
import type { Kernels } from '../kernels'

/**
 * Windows side by side in a shard: the unit of SIMD work and of every sum. It does not depend on
 * threads or batch, so neither do the order of additions and the result.
 */
export const LANES = 8

/** Bytes of one row of lanes. */
export const ROW = LANES * 4

/** Values [steps][width][LANES] of every shard, as an offset from the shard's base. */
export interface Signal {
  readonly width: number
  readonly values: number
  /** Where the values stand at inference: dropout hands its input on. */
  readonly inferred: number
  /** Offset of the loss's gradient; null where no one asks for it. */
  readonly gradient: number | null
  /** Nothing is learnt before it: its gradient is asked for by attributions only. */
  readonly leaf?: true
}

/** Where a tensor lives: its weights (address) and its gradient (offset from a shard's base). */
export interface ParameterPlace {
  readonly weights: number
  readonly gradient: number
}

/** What a layer needs to find its memory. */
export interface BuildContext {
  /** Once for the network: addresses. */
  readonly shared: Arena
  /** Once for each shard: offsets from the shard's base. */
  readonly shard: Arena
  /** Once for each thread: offsets from the thread's base. */
  readonly thread: Arena
  readonly steps: number
  readonly training: boolean
  place(parameter: string): ParameterPlace
  /** Asks for `count` 32-bit numbers that never change; gives their address. They are made once the memory is there. */
  constants(count: number, values: () => readonly number[]): number
  /** Asks for room in each thread to pack `rows` rows for outerProduct; layers share it. */
  packRows(rows: number): void
}

/** A matrix that gemm wants packed after the weights changed. */
export interface PackJob {
  readonly target: number
  readonly source: number
  readonly rows: number
  readonly depth: number
  readonly rowStride: number
  readonly depthStride: number
  readonly use: PackUse
}

/** A table that is folded after the weights changed, in `units` parts that threads can share. */
export interface FoldJob {
  readonly use: PackUse
  readonly units: number
  fold(kernels: Kernels, from: number, to: number): void
}

/** When a packed matrix is needed: always, at inference, on the way back, or on the way back to the network's input. */
export type PackUse = 'forward' | 'inference' | 'backward' | 'attribution'

/** A shard that holds windows in this batch. */
export interface Shard {
  readonly index: number
  readonly base: number
  /** Lanes that hold windows; the others are padding. */
  readonly active: number
}

/** One walk through the layers by one thread, shard after shard. */
export interface Pass {
  readonly kernels: Kernels
  readonly thread: number
  /** Base of this thread's own memory. */
  readonly scratch: number
  /** Where this thread packs for outerProduct. */
  readonly packing: number
  /** Base of the first shard, bytes between shards, and the number in use by all threads. */
  readonly firstShard: number
  readonly shardStride: number
  readonly shardCount: number
  readonly windows: number
  /** Values are kept for the way back. */
  readonly training: boolean
  /** A way back to the input for the network as it infers: moving averages, no gradients of parameters. */
  readonly attributing: boolean
  /** Moving averages follow the batch. */
  readonly learning: boolean
  /** Key of the dropout masks; null turns dropout off. */
  readonly dropoutKey: number | null
}

/** Where a layer needs all shards of a batch: after every shard is prepared, all threads wait, and each combines for itself. */
export interface Meeting {
  prepare(pass: Pass, shard: Shard): void
  combine(pass: Pass): void
}

export interface Layer {
  readonly output: Signal
  readonly packs: readonly PackJob[]
  /** Before the ways forward and back in training; most layers need no shard but their own. */
  readonly meetings?: { readonly forward: Meeting; readonly backward: Meeting }
  forward(pass: Pass, shard: Shard): void
  /** From the output's gradient to those of the parameters and of the input. */
  backward(pass: Pass, shard: Shard): void
}

/** Where a layer leaves the gradient of its input; null where no one asks for it. */
export const inputGradient = (input: Signal, pass: Pass): number | null => (input.leaf && !pass.attributing ? null : input.gradient)

export const valuesOf = (signal: Signal, pass: Pass): number => (pass.training ? signal.values : signal.inferred)
