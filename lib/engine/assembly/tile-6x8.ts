import { Address, madd } from './simd'

/**
 * The 6 x 8 tile of the matrix product, for builds with fused multiply-add: twelve accumulators and
 * splat loads fill both FMA ports. Without FMA this tile spills and halves the speed: see tile-4x8.
 *
 * C[6][8] = start + sum over k of A[k][6] * B[k][8]; start is C (accumulate), the bias, or 0.
 * The rows of B and C are bStride and cStride bytes apart.
 */
export function tile6x8(
  a: Address, b: Address, bStride: Address, c: Address, cStride: Address, depth: i32, bias: Address, accumulate: bool,
): void {
  let c00: v128, c01: v128
  let c10: v128, c11: v128
  let c20: v128, c21: v128
  let c30: v128, c31: v128
  let c40: v128, c41: v128
  let c50: v128, c51: v128
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
    row += cStride
    c40 = v128.load(row)
    c41 = v128.load(row, 16)
    row += cStride
    c50 = v128.load(row)
    c51 = v128.load(row, 16)
  } else if (bias) {
    c00 = v128.load_splat<f32>(bias, 0)
    c01 = c00
    c10 = v128.load_splat<f32>(bias, 4)
    c11 = c10
    c20 = v128.load_splat<f32>(bias, 8)
    c21 = c20
    c30 = v128.load_splat<f32>(bias, 12)
    c31 = c30
    c40 = v128.load_splat<f32>(bias, 16)
    c41 = c40
    c50 = v128.load_splat<f32>(bias, 20)
    c51 = c50
  } else {
    c00 = f32x4.splat(0)
    c01 = c00
    c10 = f32x4.splat(0)
    c11 = c10
    c20 = f32x4.splat(0)
    c21 = c20
    c30 = f32x4.splat(0)
    c31 = c30
    c40 = f32x4.splat(0)
    c41 = c40
    c50 = f32x4.splat(0)
    c51 = c50
  }
  while (depth > 0) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const a0 = v128.load_splat<f32>(a, 0)
    c00 = madd(a0, b0, c00)
    c01 = madd(a0, b1, c01)
    const a1 = v128.load_splat<f32>(a, 4)
    c10 = madd(a1, b0, c10)
    c11 = madd(a1, b1, c11)
    const a2 = v128.load_splat<f32>(a, 8)
    c20 = madd(a2, b0, c20)
    c21 = madd(a2, b1, c21)
    const a3 = v128.load_splat<f32>(a, 12)
    c30 = madd(a3, b0, c30)
    c31 = madd(a3, b1, c31)
    const a4 = v128.load_splat<f32>(a, 16)
    c40 = madd(a4, b0, c40)
    c41 = madd(a4, b1, c41)
    const a5 = v128.load_splat<f32>(a, 20)
    c50 = madd(a5, b0, c50)
    c51 = madd(a5, b1, c51)
    a += 24
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
  c += cStride
  v128.store(c, c40)
  v128.store(c, c41, 16)
  c += cStride
  v128.store(c, c50)
  v128.store(c, c51, 16)
}
