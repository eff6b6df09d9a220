import { Address, madd } from './simd'
import { tile4x8 } from './tile-4x8'
import { tile6x8 } from './tile-6x8'

/** Rows of a packed panel. */
@inline
export const PANEL: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4

/** Time steps that share a panel while it is in the first-level cache. */
@inline
const STEP_BLOCK: i32 = 4

export function panelRows(): i32 {
  return PANEL
}

/**
 * Packs a matrix for gemm: full panels as [depth][PANEL], the rows left over as panels of one row.
 * Element (m, k) is read at source + 4 * (m * rowStride + k * depthStride). Only the units `from` to
 * `to` are packed, so that threads can share the work; a unit is a full panel or one left-over row.
 */
export function pack(target: Address, source: Address, rows: i32, depth: i32, rowStride: i32, depthStride: i32, from: i32, to: i32): void {
  const panels = rows / PANEL
  const rowBytes = <Address>rowStride << 2
  const depthBytes = <Address>depthStride << 2
  for (let unit = from; unit < to; unit++) {
    const row = unit < panels ? unit * PANEL : panels * PANEL + (unit - panels)
    let write = target + ((<Address>row * <Address>depth) << 2)
    let read = source + <Address>row * rowBytes
    if (unit < panels) {
      for (let k = 0; k < depth; k++) {
        for (let i: Address = 0; i < <Address>PANEL; i++) store<f32>(write + (i << 2), load<f32>(read + i * rowBytes))
        write += <Address>PANEL << 2
        read += depthBytes
      }
    } else {
      for (let k = 0; k < depth; k++) {
        store<f32>(write, load<f32>(read))
        write += 4
        read += depthBytes
      }
    }
  }
}

/** The tile of a full panel. */
@inline
export function panelTile(
  a: Address, b: Address, bStride: Address, c: Address, cStride: Address, depth: i32, bias: Address, accumulate: bool,
): void {
  if (ASC_FEATURE_RELAXED_SIMD) tile6x8(a, b, bStride, c, cStride, depth, bias, accumulate)
  else tile4x8(a, b, bStride, c, cStride, depth, bias, accumulate)
}

/** One left-over row: C[1][8]. */
export function tile1x8(a: Address, b: Address, bStride: Address, c: Address, depth: i32, bias: Address, accumulate: bool): void {
  let c0 = f32x4.splat(0)
  let c1 = c0
  if (accumulate) {
    c0 = v128.load(c)
    c1 = v128.load(c, 16)
  } else if (bias) {
    c0 = v128.load_splat<f32>(bias)
    c1 = c0
  }
  while (depth > 0) {
    const row = v128.load_splat<f32>(a)
    c0 = madd(row, v128.load(b), c0)
    c1 = madd(row, v128.load(b, 16), c1)
    a += 4
    b += bStride
    depth--
  }
  v128.store(c, c0)
  v128.store(c, c1, 16)
}

/** C[rows][lanes] = start + A[rows][depth] B[depth][lanes]: A packed, lanes a multiple of 8. */
export function gemm(a: Address, b: Address, c: Address, rows: i32, depth: i32, lanes: i32, bias: Address, accumulate: bool): void {
  const stride = <Address>lanes << 2
  let row = 0
  for (; row + PANEL <= rows; row += PANEL) {
    for (let n: Address = 0; n < stride; n += 32) panelTile(a, b + n, stride, c + n, stride, depth, bias, accumulate)
    a += (<Address>depth * <Address>PANEL) << 2
    c += stride * <Address>PANEL
    if (bias) bias += <Address>PANEL << 2
  }
  for (; row < rows; row++) {
    for (let n: Address = 0; n < stride; n += 32) tile1x8(a, b + n, stride, c + n, depth, bias, accumulate)
    a += <Address>depth << 2
    c += stride
    if (bias) bias += 4
  }
}

/** gemm for each of `steps` time steps, B and C moving by bStep and cStep bytes: a panel serves several steps. */
export function gemmSteps(
  a: Address, b: Address, bStep: Address, c: Address, cStep: Address,
  rows: i32, depth: i32, lanes: i32, steps: i32, bias: Address, accumulate: bool,
): void {
  const stride = <Address>lanes << 2
  for (let first = 0; first < steps; first += STEP_BLOCK) {
    const count = min(STEP_BLOCK, steps - first)
    let panel = a
    let target = c
    let offset = bias
    let row = 0
    for (; row + PANEL <= rows; row += PANEL) {
      for (let t: Address = 0; t < <Address>count; t++) {
        const bt = b + t * bStep
        const ct = target + t * cStep
        for (let n: Address = 0; n < stride; n += 32) panelTile(panel, bt + n, stride, ct + n, stride, depth, offset, accumulate)
      }
      panel += (<Address>depth * <Address>PANEL) << 2
      target += stride * <Address>PANEL
      if (bias) offset += <Address>PANEL << 2
    }
    for (; row < rows; row++) {
      for (let t: Address = 0; t < <Address>count; t++) {
        const bt = b + t * bStep
        const ct = target + t * cStep
        for (let n: Address = 0; n < stride; n += 32) tile1x8(panel, bt + n, stride, ct + n, depth, offset, accumulate)
      }
      panel += <Address>depth << 2
      target += stride
      if (bias) offset += 4
    }
    b += <Address>count * bStep
    c += <Address>count * cStep
  }
}
