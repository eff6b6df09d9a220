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

@inline
export function sigmoid4(x: v128): v128 {
  const one = f32x4.splat(1)
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(x))))
}

/** tanh by the sigmoid: absolute error 1e-7, which is what states and gradients need. */
@inline
export function tanh4(x: v128): v128 {
  const s = sigmoid4(f32x4.add(x, x))
  return f32x4.sub(f32x4.add(s, s), f32x4.splat(1))
}
