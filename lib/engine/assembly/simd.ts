/**
 * Vector helpers. `ASC_FEATURE_RELAXED_SIMD` is a constant of the compiler, so that one source gives
 * two builds: with fused multiply-add (--enable relaxed-simd) and plain SIMD.
 */
export type Address = usize

/** a * b + c, fused where the build has it. */
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c)
  return f32x4.add(c, f32x4.mul(a, b))
}

@inline
export function sumLanes(a: v128): f32 {
  return f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3))
}

/** The first values of two vectors in turns: a0 b0 a1 b1. */
@inline
export function mixLow(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 4, 1, 5)
}

/** The last values of two vectors in turns: a2 b2 a3 b3. */
@inline
export function mixHigh(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 2, 6, 3, 7)
}

/** The first halves of two vectors: a0 a1 b0 b1. */
@inline
export function lows(a: v128, b: v128): v128 {
  return v128.shuffle<i64>(a, b, 0, 2)
}

/** The second halves of two vectors: a2 a3 b2 b3. */
@inline
export function highs(a: v128, b: v128): v128 {
  return v128.shuffle<i64>(a, b, 1, 3)
}

/** e^x to 2 ulp on [-87.3, 87.3], clamped outside: Cephes' polynomial after x = n ln 2 + r; NaN stays NaN. */
@inline
export function exp4(value: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(value, f32x4.splat(87.3)), f32x4.splat(-87.3))
  // Adding 1.5 * 2^23 rounds to the nearest integer and leaves it in the low bits.
  const magic = f32x4.splat(12582912.0)
  const shifted = madd(x, f32x4.splat(1.44269504088896), magic)
  const n = f32x4.sub(shifted, magic)
  let r = madd(n, f32x4.splat(-0.693359375), x)
  r = madd(n, f32x4.splat(2.12194440e-4), r)
  let p = f32x4.splat(1.9875691500e-4)
  p = madd(p, r, f32x4.splat(1.3981999507e-3))
  p = madd(p, r, f32x4.splat(8.3334519073e-3))
  p = madd(p, r, f32x4.splat(4.1665795894e-2))
  p = madd(p, r, f32x4.splat(1.6666665459e-1))
  p = madd(p, r, f32x4.splat(5.0000001201e-1))
  p = madd(p, f32x4.mul(r, r), f32x4.add(r, f32x4.splat(1)))
  return f32x4.mul(p, i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(127 << 23)))
}

/**
 * tanh to 4e-7, which is what states and gradients need: x P(x^2) / Q(x^2), the best fit of these degrees up to 8.6,
 * beyond which tanh is 1. Cheaper than by the exponential, and LSTMs spend a tenth of their time here.
 */
@inline
export function tanh4(value: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(value, f32x4.splat(8.6)), f32x4.splat(-8.6))
  const square = f32x4.mul(x, x)
  let p = madd(square, f32x4.splat(1.40825135e-8), f32x4.splat(2.11224097e-5))
  p = madd(p, square, f32x4.splat(3.5264032e-3))
  p = madd(p, square, f32x4.splat(0.134068766))
  p = madd(p, square, f32x4.splat(1))
  let q = madd(square, f32x4.splat(8.07065346e-7), f32x4.splat(3.33627297e-4))
  q = madd(q, square, f32x4.splat(2.5993906e-2))
  q = madd(q, square, f32x4.splat(0.467401982))
  q = madd(q, square, f32x4.splat(1))
  return f32x4.div(f32x4.mul(x, p), q)
}

/** By tanh, to 2e-7. */
@inline
export function sigmoid4(x: v128): v128 {
  const half = f32x4.splat(0.5)
  return madd(half, tanh4(f32x4.mul(half, x)), half)
}
