import { packPanel, panelHeight, panelTile, PANEL } from './panels'
import { Address } from './simd'

/** Time steps that share a panel while it is in the first-level cache. */
@inline
const STEP_BLOCK: i32 = 4

export function panelRows(): i32 {
  return PANEL
}

/**
 * Packs a matrix for gemm. Element (m, k) is read at source + 4 * (m * rowStride + k * depthStride). Only the units
 * `from` to `to` are packed, so that threads can share the work; a unit is a full panel, the last one what is left over.
 */
export function pack(target: Address, source: Address, rows: i32, depth: i32, rowStride: i32, depthStride: i32, from: i32, to: i32): void {
  const rowBytes = <Address>rowStride << 2
  const depthBytes = <Address>depthStride << 2
  const last = min(rows, to * PANEL)
  let row = from * PANEL
  let write = target + ((<Address>row * <Address>depth) << 2)
  while (row < last) {
    const height = panelHeight(rows - row)
    write = packPanel(write, source + <Address>row * rowBytes, height, depth, rowBytes, depthBytes)
    row += height
  }
}

/** C[rows][lanes] = start + A[rows][depth] B[depth][lanes]: A packed, lanes a multiple of 8. */
export function gemm(a: Address, b: Address, c: Address, rows: i32, depth: i32, lanes: i32, bias: Address, accumulate: bool): void {
  const stride = <Address>lanes << 2
  while (rows > 0) {
    const height = panelHeight(rows)
    for (let n: Address = 0; n < stride; n += 32) panelTile(a, b + n, stride, c + n, stride, depth, bias, accumulate, height)
    a += <Address>(depth * height) << 2
    c += stride * <Address>height
    if (bias) bias += <Address>height << 2
    rows -= height
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
    let left = rows
    while (left > 0) {
      const height = panelHeight(left)
      for (let t: Address = 0; t < <Address>count; t++) {
        const bt = b + t * bStep
        const ct = target + t * cStep
        for (let n: Address = 0; n < stride; n += 32) panelTile(panel, bt + n, stride, ct + n, stride, depth, offset, accumulate, height)
      }
      panel += <Address>(depth * height) << 2
      target += stride * <Address>height
      if (bias) offset += <Address>height << 2
      left -= height
    }
    b += <Address>count * bStep
    c += <Address>count * cStep
  }
}
