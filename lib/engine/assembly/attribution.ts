import { Address, exp4 } from './simd'

/**
 * Lane l of a shard moves to point first + l of `points`, the middles of equal parts of the straight way from `baseline`
 * (one step's values) to x: x = baseline + (first + l + 1/2) / points * (x - baseline).
 */
export function interpolate(x: Address, baseline: Address, width: i32, steps: i32, lanes: i32, first: i32, points: i32): void {
  const row = <Address>lanes << 2
  const share = <f32>1 / <f32>points
  for (let q: Address = 0; q < row; q += 16) {
    const place = f32x4.add(f32x4.splat(<f32>first + <f32>(q >> 2) + 0.5), f32x4(0, 1, 2, 3))
    const part = f32x4.mul(place, f32x4.splat(share))
    let at = x + q
    for (let t = 0; t < steps; t++) {
      for (let c: Address = 0; c < <Address>width; c++) {
        const base = v128.load_splat<f32>(baseline + (c << 2))
        v128.store(at, f32x4.add(base, f32x4.mul(part, f32x4.sub(v128.load(at), base))))
        at += row
      }
    }
  }
}

/** Gradient of the probability of class `target` with respect to the logits of one step and head; padding lanes get 0. */
export function probabilityGradient(logits: Address, mask: Address, gradient: Address, classes: i32, target: i32, lanes: i32): void {
  const row = <Address>lanes << 2
  const group = row * <Address>classes
  const zero = f32x4.splat(0)
  for (let q: Address = 0; q < row; q += 16) {
    const first = logits + q
    const end = first + group
    let top = v128.load(first)
    for (let at = first + row; at < end; at += row) top = f32x4.pmax(top, v128.load(at))
    let sum = zero
    for (let at = first; at < end; at += row) sum = f32x4.add(sum, exp4(f32x4.sub(v128.load(at), top)))
    const probability = f32x4.div(exp4(f32x4.sub(v128.load(first + <Address>target * row), top)), sum)
    const scale = f32x4.mul(probability, v128.load(mask + q))
    let write = gradient + q
    for (let at = first; at < end; at += row) {
      const other = f32x4.div(exp4(f32x4.sub(v128.load(at), top)), sum)
      v128.store(write, f32x4.sub(zero, f32x4.mul(scale, other)))
      write += row
    }
    const own = gradient + <Address>target * row + q
    v128.store(own, f32x4.add(v128.load(own), scale))
  }
}
