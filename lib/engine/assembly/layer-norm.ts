import { Address, sumLanes } from './simd'

/**
 * Layer normalisation over the channels of each line and lane, as Keras does it:
 * y = gamma * (x - mean) / sqrt(variance + epsilon) + beta with the biased variance.
 * `statistics` keeps [step][mean, 1 / sqrt(variance + epsilon)][lane] for the way back.
 */
export function layerNormForward(
  x: Address, y: Address, statistics: Address, gamma: Address, beta: Address, epsilon: f32, channels: i32, steps: i32, lanes: i32,
): void {
  const row = <Address>lanes << 2
  const width = <Address>channels << 2
  const size = row * <Address>channels
  const share = f32x4.splat(<f32>(1 / <f64>channels))
  const one = f32x4.splat(1)
  for (let t = 0; t < steps; t++) {
    for (let q: Address = 0; q < row; q += 16) {
      const end = x + q + size
      let sum = f32x4.splat(0)
      for (let at = x + q; at < end; at += row) sum = f32x4.add(sum, v128.load(at))
      const mean = f32x4.mul(sum, share)
      // In a second pass, which keeps the variance exact when the mean is far from 0.
      let square = f32x4.splat(0)
      for (let at = x + q; at < end; at += row) {
        const d = f32x4.sub(v128.load(at), mean)
        square = f32x4.add(square, f32x4.mul(d, d))
      }
      const variance = f32x4.mul(square, share)
      const inverse = f32x4.div(one, f32x4.sqrt(f32x4.add(variance, f32x4.splat(epsilon))))
      v128.store(statistics + q, mean)
      v128.store(statistics + row + q, inverse)
      let read = x + q
      let write = y + q
      for (let c: Address = 0; c < width; c += 4) {
        const centred = f32x4.mul(f32x4.sub(v128.load(read), mean), inverse)
        v128.store(write, f32x4.add(f32x4.mul(centred, v128.load_splat<f32>(gamma + c)), v128.load_splat<f32>(beta + c)))
        read += row
        write += row
      }
    }
    x += size
    y += size
    statistics += 2 * row
  }
}

/**
 * dy becomes dx in place; one shard's gradients of gamma and beta. `scratch` has two vectors a channel.
 * Padding lanes carry dy = 0 and keep it.
 */
export function layerNormGradient(
  x: Address, dy: Address, statistics: Address, gamma: Address, dGamma: Address, dBeta: Address, scratch: Address,
  channels: i32, steps: i32, lanes: i32,
): void {
  const row = <Address>lanes << 2
  const width = <Address>channels << 2
  const size = row * <Address>channels
  const share = f32x4.splat(<f32>(1 / <f64>channels))
  memory.fill(scratch, 0, <Address>channels * 32)
  for (let t = 0; t < steps; t++) {
    for (let q: Address = 0; q < row; q += 16) {
      const mean = v128.load(statistics + q)
      const inverse = v128.load(statistics + row + q)
      let sum = f32x4.splat(0)
      let product = f32x4.splat(0)
      let at = q
      let sums = scratch
      for (let c: Address = 0; c < width; c += 4) {
        const d = v128.load(dy + at)
        const centred = f32x4.mul(f32x4.sub(v128.load(x + at), mean), inverse)
        const along = f32x4.mul(d, centred)
        v128.store(sums, f32x4.add(v128.load(sums), along))
        v128.store(sums, f32x4.add(v128.load(sums, 16), d), 16)
        const scale = v128.load_splat<f32>(gamma + c)
        sum = f32x4.add(sum, f32x4.mul(d, scale))
        product = f32x4.add(product, f32x4.mul(along, scale))
        at += row
        sums += 32
      }
      const shift = f32x4.mul(sum, share)
      const slope = f32x4.mul(product, share)
      at = q
      for (let c: Address = 0; c < width; c += 4) {
        const centred = f32x4.mul(f32x4.sub(v128.load(x + at), mean), inverse)
        const own = f32x4.mul(v128.load(dy + at), v128.load_splat<f32>(gamma + c))
        v128.store(dy + at, f32x4.mul(inverse, f32x4.sub(f32x4.sub(own, shift), f32x4.mul(centred, slope))))
        at += row
      }
    }
    x += size
    dy += size
    statistics += 2 * row
  }
  for (let c: Address = 0; c < <Address>channels; c++) {
    store<f32>(dGamma + (c << 2), sumLanes(v128.load(scratch + c * 32)))
    store<f32>(dBeta + (c << 2), sumLanes(v128.load(scratch + c * 32, 16)))
  }
}
