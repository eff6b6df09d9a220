import { Address, highs, lows, mixHigh, mixLow } from './simd'

/**
 * Learnt vectors for codes. The codes of a shard are 16 bits each, [step][feature][lane]; the table has one row of
 * `dimension` values a code, and feature j's rows begin at offsets[j] (32 bits, counted in rows).
 */

/** Row of the table that a lane's code names. */
@inline
function rowOf(table: Address, codes: Address, lane: Address, rowBytes: Address): Address {
  return table + <Address>load<u16>(codes + (lane << 1)) * rowBytes
}

/** y[step][feature * dimension + d][lane] = table[offsets[feature] + code][d] */
export function embeddingForward(
  table: Address, offsets: Address, codes: Address, y: Address, features: i32, dimension: i32, steps: i32, lanes: i32,
): void {
  const row = <Address>lanes << 2
  const rowBytes = <Address>dimension << 2
  const whole = rowBytes & ~15
  for (let t = 0; t < steps; t++) {
    for (let feature: Address = 0; feature < <Address>features; feature++) {
      const own = table + <Address>load<u32>(offsets + (feature << 2)) * rowBytes
      for (let lane: Address = 0; lane < <Address>lanes; lane += 4) {
        const r0 = rowOf(own, codes, lane, rowBytes)
        const r1 = rowOf(own, codes, lane + 1, rowBytes)
        const r2 = rowOf(own, codes, lane + 2, rowBytes)
        const r3 = rowOf(own, codes, lane + 3, rowBytes)
        let write = y + (lane << 2)
        let at: Address = 0
        for (; at < whole; at += 16) {
          const v0 = v128.load(r0 + at)
          const v1 = v128.load(r1 + at)
          const v2 = v128.load(r2 + at)
          const v3 = v128.load(r3 + at)
          const low01 = mixLow(v0, v1)
          const low23 = mixLow(v2, v3)
          const high01 = mixHigh(v0, v1)
          const high23 = mixHigh(v2, v3)
          v128.store(write, lows(low01, low23))
          v128.store(write + row, highs(low01, low23))
          v128.store(write + 2 * row, lows(high01, high23))
          v128.store(write + 3 * row, highs(high01, high23))
          write += 4 * row
        }
        for (; at < rowBytes; at += 4) {
          store<f32>(write, load<f32>(r0 + at))
          store<f32>(write, load<f32>(r1 + at), 4)
          store<f32>(write, load<f32>(r2 + at), 8)
          store<f32>(write, load<f32>(r3 + at), 12)
          write += row
        }
      }
      codes += <Address>lanes << 1
      y += row * <Address>dimension
    }
  }
}

@inline
function addTo(target: Address, value: v128): void {
  v128.store(target, f32x4.add(v128.load(target), value))
}

@inline
function addOneTo(target: Address, value: f32): void {
  store<f32>(target, load<f32>(target) + value)
}

/**
 * The table's gradient of one shard: each line's gradient is added to the row of its code, steps, features and lanes in
 * their order. `bytes` is the table's size; padding lanes carry dy = 0.
 */
export function embeddingGradient(
  dTable: Address, bytes: Address, offsets: Address, codes: Address, dy: Address,
  features: i32, dimension: i32, steps: i32, lanes: i32,
): void {
  const row = <Address>lanes << 2
  const rowBytes = <Address>dimension << 2
  const whole = rowBytes & ~15
  memory.fill(dTable, 0, bytes)
  for (let t = 0; t < steps; t++) {
    for (let feature: Address = 0; feature < <Address>features; feature++) {
      const own = dTable + <Address>load<u32>(offsets + (feature << 2)) * rowBytes
      for (let lane: Address = 0; lane < <Address>lanes; lane += 4) {
        const r0 = rowOf(own, codes, lane, rowBytes)
        const r1 = rowOf(own, codes, lane + 1, rowBytes)
        const r2 = rowOf(own, codes, lane + 2, rowBytes)
        const r3 = rowOf(own, codes, lane + 3, rowBytes)
        let read = dy + (lane << 2)
        let at: Address = 0
        for (; at < whole; at += 16) {
          const v0 = v128.load(read)
          const v1 = v128.load(read + row)
          const v2 = v128.load(read + 2 * row)
          const v3 = v128.load(read + 3 * row)
          const low01 = mixLow(v0, v1)
          const low23 = mixLow(v2, v3)
          const high01 = mixHigh(v0, v1)
          const high23 = mixHigh(v2, v3)
          // Lanes may name the same row: one after the other.
          addTo(r0 + at, lows(low01, low23))
          addTo(r1 + at, highs(low01, low23))
          addTo(r2 + at, lows(high01, high23))
          addTo(r3 + at, highs(high01, high23))
          read += 4 * row
        }
        for (; at < rowBytes; at += 4) {
          addOneTo(r0 + at, load<f32>(read))
          addOneTo(r1 + at, load<f32>(read, 4))
          addOneTo(r2 + at, load<f32>(read, 8))
          addOneTo(r3 + at, load<f32>(read, 12))
          read += row
        }
      }
      codes += <Address>lanes << 1
      dy += row * <Address>dimension
    }
  }
}
