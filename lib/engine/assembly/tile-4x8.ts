import { Address, madd } from './simd'

/**
 * The 4 x 8 tile of the matrix product, for builds without fused multiply-add: one load and four
 * shuffles feed eight accumulators, which leaves registers for the products.
 *
 * C[4][8] = start + sum over k of A[k][4] * B[k][8]; start is C (accumulate), the bias, or 0.
 * The rows of B and C are bStride and cStride bytes apart.
 */
export function tile4x8(
  a: Address, b: Address, bStride: Address, c: Address, cStride: Address, depth: i32, bias: Address, accumulate: bool,
): void {
  let c00: v128, c01: v128
  let c10: v128, c11: v128
  let c20: v128, c21: v128
  let c30: v128, c31: v128
  if (accumulate) {
    let row = c
    c00 = v128.load(row)
    c01 = v128.load(row, 16)
    row += cStride
    c10 = v128.load(row)
    c11 = v128.load(row, 16)
    row += cStride
    c20 = v128.load(row)
    c21 = v128.load(row, 16)
    row += cStride
    c30 = v128.load(row)
    c31 = v128.load(row, 16)
  } else if (bias) {
    c00 = v128.load_splat<f32>(bias, 0)
    c01 = c00
    c10 = v128.load_splat<f32>(bias, 4)
    c11 = c10
    c20 = v128.load_splat<f32>(bias, 8)
    c21 = c20
    c30 = v128.load_splat<f32>(bias, 12)
    c31 = c30
  } else {
    c00 = f32x4.splat(0)
    c01 = c00
    c10 = f32x4.splat(0)
    c11 = c10
    c20 = f32x4.splat(0)
    c21 = c20
    c30 = f32x4.splat(0)
    c31 = c30
  }
  while (depth > 0) {
    const rows = v128.load(a)
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const a0 = v128.shuffle<i32>(rows, rows, 0, 0, 0, 0)
    c00 = madd(a0, b0, c00)
    c01 = madd(a0, b1, c01)
    const a1 = v128.shuffle<i32>(rows, rows, 1, 1, 1, 1)
    c10 = madd(a1, b0, c10)
    c11 = madd(a1, b1, c11)
    const a2 = v128.shuffle<i32>(rows, rows, 2, 2, 2, 2)
    c20 = madd(a2, b0, c20)
    c21 = madd(a2, b1, c21)
    const a3 = v128.shuffle<i32>(rows, rows, 3, 3, 3, 3)
    c30 = madd(a3, b0, c30)
    c31 = madd(a3, b1, c31)
    a += 16
    b += bStride
    depth--
  }
  v128.store(c, c00)
  v128.store(c, c01, 16)
  c += cStride
  v128.store(c, c10)
  v128.store(c, c11, 16)
  c += cStride
  v128.store(c, c20)
  v128.store(c, c21, 16)
  c += cStride
  v128.store(c, c30)
  v128.store(c, c31, 16)
}
