import { Address, sumLanes } from './simd'

/**
 * Batch normalisation over (window, line) for each channel, padding lanes left out.
 * Each shard gives its sums; every thread then combines all shards in their order, in double precision.
 * A shard's sums are three rows of `channels`: origin, sum (x - origin), sum (x - origin)^2. The
 * origin, a value of the channel, keeps the variance exact when the mean is far from 0.
 */
export function normSums(x: Address, mask: Address, sums: Address, scratch: Address, channels: i32, steps: i32, lanes: i32): void {
  const row = <Address>lanes << 2
  const width = <Address>channels << 2
  memory.fill(scratch, 0, <Address>channels * 32)
  for (let c: Address = 0; c < <Address>channels; c++) store<f32>(sums + (c << 2), load<f32>(x + c * row))
  for (let t = 0; t < steps; t++) {
    let at = scratch
    for (let c: Address = 0; c < <Address>channels; c++) {
      const origin = v128.load_splat<f32>(sums + (c << 2))
      let sum = v128.load(at)
      let square = v128.load(at, 16)
      for (let q: Address = 0; q < row; q += 16) {
        const d = f32x4.mul(f32x4.sub(v128.load(x + q), origin), v128.load(mask + q))
        sum = f32x4.add(sum, d)
        square = f32x4.add(square, f32x4.mul(d, d))
      }
      v128.store(at, sum)
      v128.store(at, square, 16)
      at += 32
      x += row
    }
  }
  storeSums(scratch, sums + width, channels)
}

/** The lanes of `scratch` (pairs of vectors) added up into two rows of `channels`. */
function storeSums(scratch: Address, target: Address, channels: i32): void {
  const width = <Address>channels << 2
  for (let c: Address = 0; c < <Address>channels; c++) {
    store<f32>(target + (c << 2), sumLanes(v128.load(scratch + c * 32)))
    store<f32>(target + width + (c << 2), sumLanes(v128.load(scratch + c * 32, 16)))
  }
}

/** Lanes of shard `shard` that hold windows. */
@inline
function lanesOf(shard: i32, windows: i32, lanes: i32): i32 {
  return min(lanes, windows - shard * lanes)
}

/** Mean and 1 / sqrt(variance + epsilon) of the batch from the sums of all shards (sumsStride bytes apart). */
export function normCombine(
  sums: Address, sumsStride: Address, windows: i32, steps: i32, lanes: i32, channels: i32,
  epsilon: f64, mean: Address, variance: Address, inverse: Address,
): void {
  const width = <Address>channels << 2
  for (let at: Address = 0; at < width; at += 4) {
    let count: f64 = 0
    let centre: f64 = 0
    let spread: f64 = 0
    let shardSums = sums + at
    for (let shard = 0; shard * lanes < windows; shard++) {
      const n = <f64>(lanesOf(shard, windows, lanes) * steps)
      const sum = <f64>load<f32>(shardSums + width)
      const shardMean = <f64>load<f32>(shardSums) + sum / n
      const shardSpread = <f64>load<f32>(shardSums + 2 * width) - (sum * sum) / n
      const delta = shardMean - centre
      const total = count + n
      centre += (delta * n) / total
      spread += shardSpread + (delta * delta * count * n) / total
      count = total
      shardSums += sumsStride
    }
    const batchVariance = max<f64>(0, spread / count)
    store<f32>(mean + at, <f32>centre)
    store<f32>(variance + at, <f32>batchVariance)
    store<f32>(inverse + at, <f32>(1 / Math.sqrt(batchVariance + epsilon)))
  }
}

/** The same from the moving averages, for inference. */
export function normInverse(variance: Address, inverse: Address, channels: i32, epsilon: f64): void {
  for (let at: Address = 0; at < <Address>channels << 2; at += 4) {
    store<f32>(inverse + at, <f32>(1 / Math.sqrt(<f64>load<f32>(variance + at) + epsilon)))
  }
}

/** moving = moving * momentum + batch * (1 - momentum), as Keras does with the biased variance. */
export function normMoving(moving: Address, batch: Address, channels: i32, momentum: f32): void {
  for (let at: Address = 0; at < <Address>channels << 2; at += 4) {
    store<f32>(moving + at, load<f32>(moving + at) * momentum + load<f32>(batch + at) * (1 - momentum))
  }
}

/** y = gamma * inverse * (x - mean) + beta */
export function normApply(
  x: Address, y: Address, mean: Address, inverse: Address, gamma: Address, beta: Address, channels: i32, steps: i32, lanes: i32,
): void {
  const row = <Address>lanes << 2
  for (let t = 0; t < steps; t++) {
    for (let at: Address = 0; at < <Address>channels << 2; at += 4) {
      const scale = f32x4.mul(v128.load_splat<f32>(gamma + at), v128.load_splat<f32>(inverse + at))
      const centre = v128.load_splat<f32>(mean + at)
      const shift = v128.load_splat<f32>(beta + at)
      for (let q: Address = 0; q < row; q += 16) {
        v128.store(y + q, f32x4.add(f32x4.mul(f32x4.sub(v128.load(x + q), centre), scale), shift))
      }
      x += row
      y += row
    }
  }
}

/** One shard's sums for the way back: sum dy, sum dy * (x - mean). Padding lanes carry dy = 0. */
export function normGradientSums(
  x: Address, dy: Address, mean: Address, sums: Address, scratch: Address, channels: i32, steps: i32, lanes: i32,
): void {
  const row = <Address>lanes << 2
  memory.fill(scratch, 0, <Address>channels * 32)
  for (let t = 0; t < steps; t++) {
    let at = scratch
    for (let c: Address = 0; c < <Address>channels; c++) {
      const centre = v128.load_splat<f32>(mean + (c << 2))
      let sum = v128.load(at)
      let product = v128.load(at, 16)
      for (let q: Address = 0; q < row; q += 16) {
        const d = v128.load(dy + q)
        sum = f32x4.add(sum, d)
        product = f32x4.add(product, f32x4.mul(d, f32x4.sub(v128.load(x + q), centre)))
      }
      v128.store(at, sum)
      v128.store(at, product, 16)
      at += 32
      x += row
      dy += row
    }
  }
  storeSums(scratch, sums, channels)
}

/**
 * Gradients of gamma and beta, and the coefficients a, b, d of dx = a dy + b (x - mean) + d,
 * from the sums of all shards. `count` is the number of lines in the batch.
 */
export function normGradientCombine(
  sums: Address, sumsStride: Address, shards: i32, count: f64, channels: i32,
  gamma: Address, inverse: Address, dGamma: Address, dBeta: Address, coefficients: Address,
): void {
  const width = <Address>channels << 2
  for (let at: Address = 0; at < width; at += 4) {
    let sum: f64 = 0
    let product: f64 = 0
    let shardSums = sums + at
    for (let shard = 0; shard < shards; shard++) {
      sum += <f64>load<f32>(shardSums)
      product += <f64>load<f32>(shardSums + width)
      shardSums += sumsStride
    }
    const scale = <f64>load<f32>(inverse + at)
    const a = <f64>load<f32>(gamma + at) * scale
    if (dGamma) {
      store<f32>(dGamma + at, <f32>(product * scale))
      store<f32>(dBeta + at, <f32>sum)
    }
    store<f32>(coefficients + at, <f32>a)
    store<f32>(coefficients + width + at, <f32>((-a * scale * scale * product) / count))
    store<f32>(coefficients + 2 * width + at, <f32>((-a * sum) / count))
  }
}

/** dy becomes dx in place; padding lanes become 0. */
export function normGradientApply(
  x: Address, dy: Address, mask: Address, mean: Address, coefficients: Address, channels: i32, steps: i32, lanes: i32,
): void {
  const row = <Address>lanes << 2
  const width = <Address>channels << 2
  for (let t = 0; t < steps; t++) {
    for (let at: Address = 0; at < width; at += 4) {
      const centre = v128.load_splat<f32>(mean + at)
      const a = v128.load_splat<f32>(coefficients + at)
      const b = v128.load_splat<f32>(coefficients + width + at)
      const d = v128.load_splat<f32>(coefficients + 2 * width + at)
      for (let q: Address = 0; q < row; q += 16) {
        const centred = f32x4.mul(b, f32x4.sub(v128.load(x + q), centre))
        const dx = f32x4.add(f32x4.add(f32x4.mul(a, v128.load(dy + q)), centred), d)
        v128.store(dy + q, f32x4.mul(dx, v128.load(mask + q)))
      }
      x += row
      dy += row
    }
  }
}
