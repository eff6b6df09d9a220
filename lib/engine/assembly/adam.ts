import { Address } from './simd'

/** The shards' gradients added in shard order, which makes the sum independent of threads. */
@inline
function sumShards(gradient: Address, stride: Address, shards: i32): v128 {
  let sum = v128.load(gradient)
  for (let shard = 1; shard < shards; shard++) {
    gradient += stride
    sum = f32x4.add(sum, v128.load(gradient))
  }
  return sum
}

/** The first shard's gradient becomes the sum of all, over `bytes` (a multiple of 16). */
export function reduceGradients(gradient: Address, stride: Address, shards: i32, bytes: Address): void {
  for (let q: Address = 0; q < bytes; q += 16) v128.store(gradient + q, sumShards(gradient + q, stride, shards))
}

/** As reduceGradients; writes the sum of the squares, which a gradient's length is made of, to `result` (a double). */
export function reduceSquares(gradient: Address, stride: Address, shards: i32, bytes: Address, result: Address): void {
  let low = f64x2.splat(0)
  let high = f64x2.splat(0)
  for (let q: Address = 0; q < bytes; q += 16) {
    const g = sumShards(gradient + q, stride, shards)
    v128.store(gradient + q, g)
    const first = f64x2.promote_low_f32x4(g)
    const last = f64x2.promote_low_f32x4(v128.shuffle<f32>(g, g, 2, 3, 2, 3))
    low = f64x2.add(low, f64x2.mul(first, first))
    high = f64x2.add(high, f64x2.mul(last, last))
  }
  const sum = f64x2.add(low, high)
  store<f64>(result, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1))
}

/** What a gradient is multiplied by to be at most `limit` long, from the `count` sums of its squares (doubles). */
export function clipFactor(squares: Address, count: i32, limit: f64): f32 {
  let sum: f64 = 0
  for (let i = 0; i < count; i++) sum += load<f64>(squares + (<Address>i << 3))
  const length = Math.sqrt(sum)
  return length > limit ? <f32>(limit / length) : 1
}

/**
 * One Adam step as Keras does it over `bytes` of weights; `rate` is the learning rate with the bias
 * corrections in it: lr * sqrt(1 - beta2^t) / (1 - beta1^t). The gradient counts `factor` times, by which it is clipped.
 */
export function adam(
  weights: Address, gradient: Address, stride: Address, shards: i32, first: Address, second: Address, bytes: Address,
  factor: f32, rate: f32, beta1: f32, beta2: f32, epsilon: f32,
): void {
  const factors = f32x4.splat(factor)
  const rates = f32x4.splat(rate)
  const rest1 = f32x4.splat(1 - beta1)
  const rest2 = f32x4.splat(1 - beta2)
  const epsilons = f32x4.splat(epsilon)
  for (let q: Address = 0; q < bytes; q += 16) {
    const g = f32x4.mul(sumShards(gradient + q, stride, shards), factors)
    const oldM = v128.load(first + q)
    const oldV = v128.load(second + q)
    const m = f32x4.add(oldM, f32x4.mul(f32x4.sub(g, oldM), rest1))
    const v = f32x4.add(oldV, f32x4.mul(f32x4.sub(f32x4.mul(g, g), oldV), rest2))
    v128.store(first + q, m)
    v128.store(second + q, v)
    const move = f32x4.div(f32x4.mul(rates, m), f32x4.add(f32x4.sqrt(v), epsilons))
    v128.store(weights + q, f32x4.sub(v128.load(weights + q), move))
  }
}
