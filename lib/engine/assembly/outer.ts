import { packPanel, panelHeight, panelTile, PANEL } from './panels'
import { Address, highs, lows, mixHigh, mixLow, sumLanes } from './simd'

/**
 * Weight gradients: D[m][n] = sum over steps and lanes of X[t][m][lane] * Z[t][n][lane].
 * X is packed as gemm's first matrix and Z, some columns at a time, turned to [step, lane][column]; the
 * copies cost a few per cent and let gemm's tiles do the work, which beats dot products along the lanes
 * (those need sums across lanes, and without FMA they spill).
 */

/** Columns of one tile, and the columns whose copy of Z stays in the second-level cache. */
@inline
const TILE_COLUMNS: i32 = 8
@inline
const BLOCK_COLUMNS: i32 = 48

/** Panels [step, lane][rows] of X's rows. */
function packLanes(target: Address, x: Address, xStep: Address, rows: i32, steps: i32, row: Address): void {
  let m = 0
  while (m < rows) {
    const height = panelHeight(rows - m)
    let read = x + <Address>m * row
    for (let t = 0; t < steps; t++) {
      target = packPanel(target, read, height, <i32>(row >> 2), row, 4)
      read += xStep
    }
    m += height
  }
}

/** Four rows of four lanes at `read` become four rows of four columns at `write`. */
@inline
function transpose4(read: Address, readRow: Address, write: Address, writeRow: Address): void {
  const r0 = v128.load(read)
  const r1 = v128.load(read + readRow)
  const r2 = v128.load(read + 2 * readRow)
  const r3 = v128.load(read + 3 * readRow)
  const low01 = mixLow(r0, r1)
  const low23 = mixLow(r2, r3)
  const high01 = mixHigh(r0, r1)
  const high23 = mixHigh(r2, r3)
  v128.store(write, lows(low01, low23))
  v128.store(write + writeRow, highs(low01, low23))
  v128.store(write + 2 * writeRow, lows(high01, high23))
  v128.store(write + 3 * writeRow, highs(high01, high23))
}

/** [step, lane][TILE_COLUMNS] of up to TILE_COLUMNS columns of Z; missing columns are 0. */
function turnColumns(target: Address, z: Address, zStep: Address, columns: i32, steps: i32, row: Address): void {
  const width = <Address>TILE_COLUMNS << 2
  for (let t = 0; t < steps; t++) {
    for (let q: Address = 0; q < row; q += 16) {
      if (columns == TILE_COLUMNS) {
        transpose4(z + q, row, target, width)
        transpose4(z + q + 4 * row, row, target + 16, width)
      } else {
        memory.fill(target, 0, 4 * width)
        for (let lane: Address = 0; lane < 4; lane++) {
          for (let n: Address = 0; n < <Address>columns; n++) {
            store<f32>(target + lane * width + (n << 2), load<f32>(z + n * row + q + (lane << 2)))
          }
        }
      }
      target += 4 * width
    }
    z += zStep
  }
}

/** One tile of D; through `spare` where fewer columns than a tile's are left. */
function outerTile(a: Address, b: Address, depth: i32, d: Address, dRow: Address, rows: i32, columns: i32, spare: Address): void {
  const width = <Address>TILE_COLUMNS << 2
  const whole = columns == TILE_COLUMNS
  const c = whole ? d : spare
  panelTile(a, b, width, c, whole ? dRow : width, depth, 0, false, rows)
  if (whole) return
  for (let i: Address = 0; i < <Address>rows; i++) memory.copy(d + i * dRow, spare + i * width, <Address>columns << 2)
}

/**
 * D[rows][columns] from X and Z, which move by xStep and zStep bytes a time step; lanes a multiple of 4.
 * `scratch` has room for (rows + BLOCK_COLUMNS) * steps * lanes + PANEL * TILE_COLUMNS values.
 * No steps give zeros (a window of one line has no recurrent gradient).
 */
export function outerProduct(
  x: Address, xStep: Address, z: Address, zStep: Address, d: Address,
  rows: i32, columns: i32, steps: i32, lanes: i32, scratch: Address,
): void {
  const row = <Address>lanes << 2
  const dRow = <Address>columns << 2
  const depth = steps * lanes
  const depthBytes = <Address>depth << 2
  const turned = scratch + <Address>rows * depthBytes
  const spare = turned + <Address>BLOCK_COLUMNS * depthBytes
  packLanes(scratch, x, xStep, rows, steps, row)
  for (let first = 0; first < columns; first += BLOCK_COLUMNS) {
    const last = min(columns, first + BLOCK_COLUMNS)
    for (let n = first; n < last; n += TILE_COLUMNS) {
      turnColumns(turned + <Address>(n - first) * depthBytes, z + <Address>n * row, zStep, min(TILE_COLUMNS, last - n), steps, row)
    }
    let m = 0
    while (m < rows) {
      const height = panelHeight(rows - m)
      for (let n = first; n < last; n += TILE_COLUMNS) {
        outerTile(
          scratch + <Address>m * depthBytes, turned + <Address>(n - first) * depthBytes, depth,
          d + <Address>m * dRow + (<Address>n << 2), dRow, height, min(TILE_COLUMNS, last - n), spare,
        )
      }
      m += height
    }
  }
}

/** D[n] = sum over steps and lanes of Z[t][n][lane]: the gradient of a bias. */
export function rowSums(z: Address, zStep: Address, d: Address, columns: i32, steps: i32, lanes: i32): void {
  const row = <Address>lanes << 2
  for (let n = 0; n < columns; n++) {
    let sum = f32x4.splat(0)
    let at = z + <Address>n * row
    for (let t = 0; t < steps; t++) {
      for (let q: Address = 0; q < row; q += 16) sum = f32x4.add(sum, v128.load(at + q))
      at += zStep
    }
    store<f32>(d + (<Address>n << 2), sumLanes(sum))
  }
}
