import { Address, tanh4 } from './simd'

/** max(0, x) in place over `bytes`. */
export function relu(x: Address, bytes: Address): void {
  const zero = f32x4.splat(0)
  // pmax(x, 0) keeps a NaN, so that a broken run shows.
  for (let q: Address = 0; q < bytes; q += 16) v128.store(x + q, f32x4.pmax(v128.load(x + q), zero))
}

/** dy becomes 0 where y is. */
export function reluGradient(y: Address, dy: Address, bytes: Address): void {
  const zero = f32x4.splat(0)
  for (let q: Address = 0; q < bytes; q += 16) {
    v128.store(dy + q, v128.and(v128.load(dy + q), f32x4.gt(v128.load(y + q), zero)))
  }
}

/** sqrt(2 / pi) and the cubic term of Hendrycks and Gimpel's (2016) tanh form of GELU. */
const GELU_SCALE: f32 = 0.7978845608028654
const GELU_CUBIC: f32 = 0.044715

/** y = x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))) over `bytes`; y may be x. */
export function gelu(x: Address, y: Address, bytes: Address): void {
  const half = f32x4.splat(0.5)
  const one = f32x4.splat(1)
  const scale = f32x4.splat(GELU_SCALE)
  const cubic = f32x4.splat(GELU_CUBIC * GELU_SCALE)
  for (let q: Address = 0; q < bytes; q += 16) {
    const v = v128.load(x + q)
    const inner = f32x4.mul(v, f32x4.add(scale, f32x4.mul(cubic, f32x4.mul(v, v))))
    v128.store(y + q, f32x4.mul(f32x4.mul(half, v), f32x4.add(one, tanh4(inner))))
  }
}

/** dy times GELU's slope at x, in place. */
export function geluGradient(x: Address, dy: Address, bytes: Address): void {
  const half = f32x4.splat(0.5)
  const one = f32x4.splat(1)
  const scale = f32x4.splat(GELU_SCALE)
  const cubic = f32x4.splat(GELU_CUBIC * GELU_SCALE)
  const cubicSlope = f32x4.splat(3 * GELU_CUBIC * GELU_SCALE)
  for (let q: Address = 0; q < bytes; q += 16) {
    const v = v128.load(x + q)
    const square = f32x4.mul(v, v)
    const t = tanh4(f32x4.mul(v, f32x4.add(scale, f32x4.mul(cubic, square))))
    const inner = f32x4.mul(f32x4.sub(one, f32x4.mul(t, t)), f32x4.add(scale, f32x4.mul(cubicSlope, square)))
    const slope = f32x4.mul(half, f32x4.add(f32x4.add(one, t), f32x4.mul(v, inner)))
    v128.store(dy + q, f32x4.mul(v128.load(dy + q), slope))
  }
}

/** y = a + b over `bytes`; y may be one of them. */
export function add(a: Address, b: Address, y: Address, bytes: Address): void {
  for (let q: Address = 0; q < bytes; q += 16) v128.store(y + q, f32x4.add(v128.load(a + q), v128.load(b + q)))
}

export function copy(from: Address, to: Address, bytes: Address): void {
  memory.copy(to, from, bytes)
}

/** MurmurHash3's finaliser: every input bit moves every output bit. */
@inline
function mix(h: u32): u32 {
  h ^= h >> 16
  h *= 0x85ebca6b
  h ^= h >> 13
  h *= 0xc2b2ae35
  return h ^ (h >> 16)
}

@inline
function mix4(h: v128): v128 {
  h = v128.xor(h, i32x4.shr_u(h, 16))
  h = i32x4.mul(h, i32x4.splat(0x85ebca6b))
  h = v128.xor(h, i32x4.shr_u(h, 13))
  h = i32x4.mul(h, i32x4.splat(0xc2b2ae35))
  return v128.xor(h, i32x4.shr_u(h, 16))
}

/**
 * y = x * scale where a hash of (key, row, window) is at least `threshold`, else 0; y may be x.
 * The mask is a function of the element alone, so that threads do not matter and the way back makes it again.
 */
export function dropout(x: Address, y: Address, rows: i32, lanes: i32, firstWindow: i32, key: u32, threshold: u32, scale: f32): void {
  const row = <Address>lanes << 2
  const limit = i32x4.splat(threshold)
  const factor = f32x4.splat(scale)
  const golden = i32x4.splat(0x9e3779b9)
  const first = i32x4.add(i32x4.splat(firstWindow), i32x4(0, 1, 2, 3))
  for (let r = 0; r < rows; r++) {
    const base = i32x4.splat(mix(key ^ mix(<u32>r + 1)))
    let window = first
    for (let q: Address = 0; q < row; q += 16) {
      const hash = mix4(i32x4.add(base, i32x4.mul(window, golden)))
      const kept = v128.and(i32x4.ge_u(hash, limit), factor)
      v128.store(y + q, f32x4.mul(v128.load(x + q), kept))
      window = i32x4.add(window, i32x4.splat(4))
    }
    x += row
    y += row
  }
}

/** y = x * mask for each of `steps` time steps, the mask being one step's; y may be x. */
export function multiplySteps(x: Address, y: Address, mask: Address, stepBytes: Address, steps: i32): void {
  for (let t = 0; t < steps; t++) {
    for (let q: Address = 0; q < stepBytes; q += 16) v128.store(y + q, f32x4.mul(v128.load(x + q), v128.load(mask + q)))
    x += stepBytes
    y += stepBytes
  }
}

/** One value in all 32-bit places of `bytes`. */
export function fill(target: Address, value: f32, bytes: Address): void {
  const values = f32x4.splat(value)
  for (let q: Address = 0; q < bytes; q += 16) v128.store(target + q, values)
}
