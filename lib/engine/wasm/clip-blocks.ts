/** Bytes of a block: small enough to share among threads, large enough to be few. */
const BLOCK = 65_536

/** A part of one tensor, whose sum of squares is taken at once and kept at the address `squares`. */
export interface ClipBlock {
  /** Offset and length among the trained weights. */
  readonly from: number
  readonly bytes: number
  readonly squares: number
  readonly tensor: { readonly squares: number; readonly blocks: number }
}

/** Blocks of tensors of these lengths in bytes. */
export const blockCount = (tensors: readonly number[]): number => tensors.reduce((sum, length) => sum + Math.ceil(length / BLOCK), 0)

/** Cuts tensors, given by their lengths in bytes and one after the other, into blocks; `squares` has a double for each. */
export function clipBlocks(tensors: readonly number[], squares: number): ClipBlock[] {
  let start = 0
  let next = squares
  return tensors.flatMap((length) => {
    const tensor = { squares: next, blocks: Math.ceil(length / BLOCK) }
    const first = start
    start += length
    next += tensor.blocks * 8
    return Array.from({ length: tensor.blocks }, (_, i) => ({
      from: first + i * BLOCK, bytes: Math.min(BLOCK, length - i * BLOCK), squares: tensor.squares + i * 8, tensor,
    }))
  })
}
