import { Address, madd } from './simd'

/**
 * The tiles of up to three rows, for those that full panels leave over. Fewer accumulators than the machine can keep
 * busy: one to three rows all take about the time of four.
 */
@inline
function tile(
  a: Address, b: Address, bStride: Address, c: Address, cStride: Address, depth: i32, bias: Address, accumulate: bool, rows: i32,
): void {
  const zero = f32x4.splat(0)
  const second = c + cStride
  const third = second + cStride
  let c00 = zero, c01 = zero
  let c10 = zero, c11 = zero
  let c20 = zero, c21 = zero
  if (accumulate) {
    c00 = v128.load(c)
    c01 = v128.load(c, 16)
    if (rows > 1) {
      c10 = v128.load(second)
      c11 = v128.load(second, 16)
    }
    if (rows > 2) {
      c20 = v128.load(third)
      c21 = v128.load(third, 16)
    }
  } else if (bias) {
    c00 = v128.load_splat<f32>(bias, 0)
    c01 = c00
    if (rows > 1) {
      c10 = v128.load_splat<f32>(bias, 4)
      c11 = c10
    }
    if (rows > 2) {
      c20 = v128.load_splat<f32>(bias, 8)
      c21 = c20
    }
  }
  while (depth > 0) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const a0 = v128.load_splat<f32>(a, 0)
    c00 = madd(a0, b0, c00)
    c01 = madd(a0, b1, c01)
    if (rows > 1) {
      const a1 = v128.load_splat<f32>(a, 4)
      c10 = madd(a1, b0, c10)
      c11 = madd(a1, b1, c11)
    }
    if (rows > 2) {
      const a2 = v128.load_splat<f32>(a, 8)
      c20 = madd(a2, b0, c20)
      c21 = madd(a2, b1, c21)
    }
    a += <Address>rows << 2
    b += bStride
    depth--
  }
  v128.store(c, c00)
  v128.store(c, c01, 16)
  if (rows > 1) {
    v128.store(second, c10)
    v128.store(second, c11, 16)
  }
  if (rows > 2) {
    v128.store(third, c20)
    v128.store(third, c21, 16)
  }
}

/** C[rows][8] as the full tiles compute it; rows from 1 to 3. */
export function narrowTile(
  a: Address, b: Address, bStride: Address, c: Address, cStride: Address, depth: i32, bias: Address, accumulate: bool, rows: i32,
): void {
  if (rows == 3) tile(a, b, bStride, c, cStride, depth, bias, accumulate, 3)
  else if (rows == 2) tile(a, b, bStride, c, cStride, depth, bias, accumulate, 2)
  else tile(a, b, bStride, c, cStride, depth, bias, accumulate, 1)
}
