/** f32x4.splat(0), that is f32x4 from an i32x4.splat of the constant 0. */
const ZERO = [0x41, 0x00, 0xfd, 0x11]
/** A function body: no locals, three zeros, f32x4.relaxed_madd, end. */
const BODY = [0x00, ...ZERO, ...ZERO, ...ZERO, 0xfd, 0x85, 0x02, 0x0b]
/** A module of one function () -> v128 with that body. */
const PROBE = new Uint8Array([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00,
  0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b,
  0x03, 0x02, 0x01, 0x00,
  0x0a, BODY.length + 2, 0x01, BODY.length, ...BODY,
])

/** Whether relaxed SIMD runs here, which the kernels built with fused multiply-add need. */
export function supportsRelaxedSimd(): boolean {
  return WebAssembly.validate(PROBE)
}
