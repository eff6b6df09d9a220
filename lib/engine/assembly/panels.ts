import { Address, highs, lows, mixHigh, mixLow } from './simd'
import { tile4x8 } from './tile-4x8'
import { tile6x8 } from './tile-6x8'
import { narrowTile } from './tile-narrow'

/**
 * A matrix for gemm is cut into panels of rows, each packed as [depth][rows]: full panels first, then one or two of
 * fewer rows.
 */

/** Rows of a full panel. */
@inline
export const PANEL: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4

/** Rows of the next panel when `rows` are left. */
@inline
export function panelHeight(rows: i32): i32 {
  if (rows >= PANEL) return PANEL
  // There is a tile for each number of rows up to 4.
  return rows == 5 ? 3 : rows
}

/** C[rows][8] = start + sum over k of A[k][rows] * B[k][8] for a panel of that many rows. */
@inline
export function panelTile(
  a: Address, b: Address, bStride: Address, c: Address, cStride: Address, depth: i32, bias: Address, accumulate: bool, rows: i32,
): void {
  if (rows == PANEL) {
    if (ASC_FEATURE_RELAXED_SIMD) tile6x8(a, b, bStride, c, cStride, depth, bias, accumulate)
    else tile4x8(a, b, bStride, c, cStride, depth, bias, accumulate)
  } else if (ASC_FEATURE_RELAXED_SIMD && rows == 4) {
    tile4x8(a, b, bStride, c, cStride, depth, bias, accumulate)
  } else {
    narrowTile(a, b, bStride, c, cStride, depth, bias, accumulate, rows)
  }
}

/** Four values of each of a full panel's rows, `rowBytes` apart, become four times PANEL values in a row. */
@inline
export function interleave4(read: Address, rowBytes: Address, write: Address): void {
  const r0 = v128.load(read)
  const r1 = v128.load(read + rowBytes)
  const r2 = v128.load(read + 2 * rowBytes)
  const r3 = v128.load(read + 3 * rowBytes)
  const low01 = mixLow(r0, r1)
  const low23 = mixLow(r2, r3)
  const high01 = mixHigh(r0, r1)
  const high23 = mixHigh(r2, r3)
  if (PANEL == 4) {
    v128.store(write, lows(low01, low23))
    v128.store(write, highs(low01, low23), 16)
    v128.store(write, lows(high01, high23), 32)
    v128.store(write, highs(high01, high23), 48)
  } else {
    const r4 = v128.load(read + 4 * rowBytes)
    const r5 = v128.load(read + 5 * rowBytes)
    const low45 = mixLow(r4, r5)
    const high45 = mixHigh(r4, r5)
    v128.store(write, lows(low01, low23))
    v128.store(write, v128.shuffle<i64>(low45, low01, 0, 3), 16)
    v128.store(write, highs(low23, low45), 32)
    v128.store(write, lows(high01, high23), 48)
    v128.store(write, v128.shuffle<i64>(high45, high01, 0, 3), 64)
    v128.store(write, highs(high23, high45), 80)
  }
}

/**
 * One panel of `rows` rows as [depth][rows] from rows `rowBytes` and values `depthBytes` apart; gives where the next
 * panel begins.
 */
export function packPanel(target: Address, source: Address, rows: i32, depth: i32, rowBytes: Address, depthBytes: Address): Address {
  const step = <Address>rows << 2
  let k = 0
  if (rows == PANEL && depthBytes == 4) {
    for (; k + 4 <= depth; k += 4) {
      interleave4(source, rowBytes, target)
      source += 16
      target += 4 * step
    }
  }
  for (; k < depth; k++) {
    for (let i: Address = 0; i < <Address>rows; i++) store<f32>(target + (i << 2), load<f32>(source + i * rowBytes))
    source += depthBytes
    target += step
  }
  return target
}
