import { Address, exp4 } from './simd'

/** Keras clips probabilities to [epsilon, 1 - epsilon] in the focal loss; outside, the gradient is 0. */
const EPSILON: f32 = 1e-7

export const CROSS_ENTROPY: i32 = 0
export const FOCAL: i32 = 1

/** Loss of one label, and the factor c of its gradient c * (p_k - [k is the label]). */
let lossValue: f64 = 0
let lossFactor: f32 = 0

function focal(probability: f32, gamma: f64, alpha: f64): void {
  const p = <f64>max<f32>(EPSILON, min<f32>(1 - EPSILON, probability))
  const rest = 1 - p
  const log = Math.log(p)
  const power = gamma == 2 ? rest * rest : Math.pow(rest, gamma)
  const slope = gamma == 0 ? 0 : gamma == 2 ? 2 * rest : gamma * Math.pow(rest, gamma - 1)
  lossValue = -alpha * power * log
  const clipped = probability < EPSILON || probability > 1 - EPSILON
  lossFactor = clipped ? 0 : <f32>(alpha * (power - slope * p * log))
}

/**
 * Softmax for each step, head and lane, and its loss against `labels` [steps][heads][lanes] (-1: left out).
 * `sizes` holds the number of classes of each head (32 bits each). Writes to `result` the summed loss and the number of labels hit (two doubles); when
 * `gradient` is not 0, the gradient of scale * loss with respect to the logits.
 */
export function softmaxLoss(
  logits: Address, labels: Address, gradient: Address, steps: i32, heads: i32, sizes: Address, lanes: i32,
  scale: f32, kind: i32, gamma: f64, alpha: f64, result: Address,
): void {
  const row = <Address>lanes << 2
  const rows = steps * heads
  let loss: f64 = 0
  let hits: f64 = 0
  for (let r = 0; r < rows; r++) {
    const classes = load<i32>(sizes + (<Address>(r % heads) << 2))
    const group = row * <Address>classes
    for (let q: Address = 0; q < row; q += 16) {
      const first = logits + q
      let top = v128.load(first)
      let best = i32x4.splat(0)
      let at = first + row
      for (let k = 1; k < classes; k++) {
        const value = v128.load(at)
        const higher = f32x4.gt(value, top)
        top = v128.bitselect(value, top, higher)
        best = v128.bitselect(i32x4.splat(k), best, higher)
        at += row
      }
      let sum = f32x4.splat(0)
      at = first
      for (let k = 0; k < classes; k++) {
        const e = exp4(f32x4.sub(v128.load(at), top))
        if (gradient) v128.store(gradient + (at - logits), e)
        sum = f32x4.add(sum, e)
        at += row
      }
      let factors = f32x4.splat(0)
      for (let j: Address = 0; j < 4; j++) {
        const label = load<i32>(labels + q + (j << 2))
        let factor: f32 = 0
        if (label >= 0) {
          const total = laneOf(sum, j)
          const logit = load<f32>(first + <Address>label * row + (j << 2)) - laneOf(top, j)
          if (kind == FOCAL) {
            focal(Mathf.exp(logit) / total, gamma, alpha)
            factor = lossFactor * scale
            loss += lossValue
          } else {
            factor = scale
            loss += Math.log(<f64>total) - <f64>logit
          }
          if (<i32>laneOfInt(best, j) == label) hits += 1
        }
        factors = withLane(factors, j, factor)
      }
      if (gradient) writeGradient(gradient + q, labels + q, classes, row, sum, factors)
    }
    logits += group
    if (gradient) gradient += group
    labels += row
  }
  store<f64>(result, loss)
  store<f64>(result, hits, 8)
}

/** The exponentials at `gradient` become factor * (p - [label]). */
function writeGradient(gradient: Address, labels: Address, classes: i32, row: Address, sum: v128, factors: v128): void {
  const scale = f32x4.div(factors, sum)
  let at = gradient
  for (let k = 0; k < classes; k++) {
    v128.store(at, f32x4.mul(v128.load(at), scale))
    at += row
  }
  for (let j: Address = 0; j < 4; j++) {
    const label = load<i32>(labels + (j << 2))
    if (label < 0) continue
    const place = gradient + <Address>label * row + (j << 2)
    store<f32>(place, load<f32>(place) - laneOf(factors, j))
  }
}

/** Probabilities in place of logits. */
export function softmax(logits: Address, steps: i32, heads: i32, sizes: Address, lanes: i32): void {
  const row = <Address>lanes << 2
  const rows = steps * heads
  for (let r = 0; r < rows; r++) {
    const group = row * <Address>load<i32>(sizes + (<Address>(r % heads) << 2))
    for (let q: Address = 0; q < row; q += 16) {
      const first = logits + q
      const end = first + group
      let top = v128.load(first)
      for (let at = first + row; at < end; at += row) top = f32x4.pmax(top, v128.load(at))
      let sum = f32x4.splat(0)
      for (let at = first; at < end; at += row) {
        const e = exp4(f32x4.sub(v128.load(at), top))
        v128.store(at, e)
        sum = f32x4.add(sum, e)
      }
      const scale = f32x4.div(f32x4.splat(1), sum)
      for (let at = first; at < end; at += row) v128.store(at, f32x4.mul(v128.load(at), scale))
    }
    logits += group
  }
}

// Lane numbers must be constants in SIMD instructions.

@inline
function laneOf(v: v128, j: Address): f32 {
  if (j == 0) return f32x4.extract_lane(v, 0)
  if (j == 1) return f32x4.extract_lane(v, 1)
  if (j == 2) return f32x4.extract_lane(v, 2)
  return f32x4.extract_lane(v, 3)
}

@inline
function laneOfInt(v: v128, j: Address): i32 {
  if (j == 0) return i32x4.extract_lane(v, 0)
  if (j == 1) return i32x4.extract_lane(v, 1)
  if (j == 2) return i32x4.extract_lane(v, 2)
  return i32x4.extract_lane(v, 3)
}

@inline
function withLane(v: v128, j: Address, value: f32): v128 {
  if (j == 0) return f32x4.replace_lane(v, 0, value)
  if (j == 1) return f32x4.replace_lane(v, 1, value)
  if (j == 2) return f32x4.replace_lane(v, 2, value)
  return f32x4.replace_lane(v, 3, value)
}
