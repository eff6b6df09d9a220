import { Address, highs, lows, madd, mixHigh, mixLow } from './simd'

/**
 * A dense layer right behind an embedding, as inference computes it: each row of the table is multiplied by the part
 * of the kernel that meets it once, when the weights change, and a line's output is the sum of its codes' rows.
 * Folded rows are `width` values apart, the units rounded up to 4; values beyond the units mean nothing.
 */

/** folded[row][unit] = sum over d of table[row][d] * kernel[d][unit] for one feature's rows. */
export function foldRows(table: Address, kernel: Address, folded: Address, rows: i32, dimension: i32, units: i32, width: i32): void {
  const bytes = <Address>width << 2
  for (let row = 0; row < rows; row++) {
    for (let at: Address = 0; at < bytes; at += 16) {
      let sum = f32x4.splat(0)
      let read = kernel + at
      for (let d = 0; d < dimension; d++) {
        sum = madd(v128.load_splat<f32>(table + (<Address>d << 2)), v128.load(read), sum)
        read += <Address>units << 2
      }
      v128.store(folded + at, sum)
    }
    table += <Address>dimension << 2
    folded += bytes
  }
}

/** Eight accumulators hide the additions' latency. */
@inline
function sumBlock(rows: Address, end: Address, at: Address, bias: Address, sums: Address): void {
  let s0 = v128.load(bias + at)
  let s1 = v128.load(bias + at, 16)
  let s2 = v128.load(bias + at, 32)
  let s3 = v128.load(bias + at, 48)
  let s4 = v128.load(bias + at, 64)
  let s5 = v128.load(bias + at, 80)
  let s6 = v128.load(bias + at, 96)
  let s7 = v128.load(bias + at, 112)
  for (; rows < end; rows += 4) {
    const row = <Address>load<u32>(rows) + at
    s0 = f32x4.add(s0, v128.load(row))
    s1 = f32x4.add(s1, v128.load(row, 16))
    s2 = f32x4.add(s2, v128.load(row, 32))
    s3 = f32x4.add(s3, v128.load(row, 48))
    s4 = f32x4.add(s4, v128.load(row, 64))
    s5 = f32x4.add(s5, v128.load(row, 80))
    s6 = f32x4.add(s6, v128.load(row, 96))
    s7 = f32x4.add(s7, v128.load(row, 112))
  }
  v128.store(sums + at, s0)
  v128.store(sums + at, s1, 16)
  v128.store(sums + at, s2, 32)
  v128.store(sums + at, s3, 48)
  v128.store(sums + at, s4, 64)
  v128.store(sums + at, s5, 80)
  v128.store(sums + at, s6, 96)
  v128.store(sums + at, s7, 112)
}

/** bias + the sum of the rows, `bytes` long, whose addresses stand from `rows` to `end`. */
function sumRows(rows: Address, end: Address, bias: Address, sums: Address, bytes: Address): void {
  let at: Address = 0
  for (; at + 128 <= bytes; at += 128) sumBlock(rows, end, at, bias, sums)
  for (; at < bytes; at += 16) {
    let sum = v128.load(bias + at)
    for (let place = rows; place < end; place += 4) sum = f32x4.add(sum, v128.load(<Address>load<u32>(place) + at))
    v128.store(sums + at, sum)
  }
}

/** The outputs of four lanes, `bytes` apart, become [unit][lane]. */
function turnLanes(sums: Address, bytes: Address, y: Address, row: Address, units: i32): void {
  let unit = 0
  for (; unit + 4 <= units; unit += 4) {
    const v0 = v128.load(sums)
    const v1 = v128.load(sums + bytes)
    const v2 = v128.load(sums + 2 * bytes)
    const v3 = v128.load(sums + 3 * bytes)
    const low01 = mixLow(v0, v1)
    const low23 = mixLow(v2, v3)
    const high01 = mixHigh(v0, v1)
    const high23 = mixHigh(v2, v3)
    v128.store(y, lows(low01, low23))
    v128.store(y + row, highs(low01, low23))
    v128.store(y + 2 * row, lows(high01, high23))
    v128.store(y + 3 * row, highs(high01, high23))
    sums += 16
    y += 4 * row
  }
  for (; unit < units; unit++) {
    for (let lane: Address = 0; lane < 4; lane++) store<f32>(y + (lane << 2), load<f32>(sums + lane * bytes))
    sums += 4
    y += row
  }
}

/**
 * y[step][unit][lane] = bias + the sum over features of folded[offsets[feature] + code].
 * `scratch` has room for 4 * width + features values.
 */
export function foldedForward(
  folded: Address, offsets: Address, codes: Address, bias: Address, y: Address, scratch: Address,
  features: i32, units: i32, width: i32, steps: i32, lanes: i32,
): void {
  const row = <Address>lanes << 2
  const bytes = <Address>width << 2
  const places = scratch + 4 * bytes
  const end = places + (<Address>features << 2)
  for (let t = 0; t < steps; t++) {
    for (let lane: Address = 0; lane < <Address>lanes; lane++) {
      for (let feature: Address = 0; feature < <Address>features; feature++) {
        const code = <u32>load<u16>(codes + ((feature * <Address>lanes + lane) << 1))
        store<u32>(places + (feature << 2), <u32>(folded + <Address>(load<u32>(offsets + (feature << 2)) + code) * bytes))
      }
      sumRows(places, end, bias, scratch + (lane & 3) * bytes, bytes)
      if ((lane & 3) == 3) turnLanes(scratch, bytes, y + ((lane - 3) << 2), row, units)
    }
    codes += <Address>(features * lanes) << 1
    y += row * <Address>units
  }
}
