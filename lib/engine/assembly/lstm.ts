import { gemm, gemmSteps } from './gemm'
import { Address, madd, sigmoid4, tanh4 } from './simd'

/**
 * One direction of an LSTM as Keras defines it: gates i, f, c, o; sigmoid gates, tanh candidate and
 * output; no peepholes. Everything is [step][feature][lane]; `reverse` walks the window backwards.
 */

/** From pre-activations (i, f, c, o of `bytes` each) to gates, cell, tanh of the cell and output. */
function gatesForward(z: Address, before: Address, cell: Address, cellTanh: Address, output: Address, bytes: Address): void {
  const zf = z + bytes
  const zg = zf + bytes
  const zo = zg + bytes
  for (let q: Address = 0; q < bytes; q += 16) {
    const i = sigmoid4(v128.load(z + q))
    const f = sigmoid4(v128.load(zf + q))
    const g = tanh4(v128.load(zg + q))
    const o = sigmoid4(v128.load(zo + q))
    v128.store(z + q, i)
    v128.store(zf + q, f)
    v128.store(zg + q, g)
    v128.store(zo + q, o)
    let c = f32x4.mul(i, g)
    if (before) c = madd(f, v128.load(before + q), c)
    const tc = tanh4(c)
    v128.store(cell + q, c)
    v128.store(cellTanh + q, tc)
    v128.store(output + q, f32x4.mul(o, tc))
  }
}

/** Turns the gates in place into the gradients of their pre-activations; dCell runs on to the step before. */
function gatesBackward(z: Address, before: Address, cellTanh: Address, dOutput: Address, dHidden: Address, dCell: Address, bytes: Address): void {
  const zf = z + bytes
  const zg = zf + bytes
  const zo = zg + bytes
  const one = f32x4.splat(1)
  for (let q: Address = 0; q < bytes; q += 16) {
    const i = v128.load(z + q)
    const f = v128.load(zf + q)
    const g = v128.load(zg + q)
    const o = v128.load(zo + q)
    const tc = v128.load(cellTanh + q)
    const dh = f32x4.add(v128.load(dOutput + q), v128.load(dHidden + q))
    const dc = madd(f32x4.mul(dh, o), f32x4.sub(one, f32x4.mul(tc, tc)), v128.load(dCell + q))
    v128.store(z + q, f32x4.mul(f32x4.mul(dc, g), f32x4.mul(i, f32x4.sub(one, i))))
    const previous = before ? v128.load(before + q) : f32x4.splat(0)
    v128.store(zf + q, f32x4.mul(f32x4.mul(dc, previous), f32x4.mul(f, f32x4.sub(one, f))))
    v128.store(zg + q, f32x4.mul(f32x4.mul(dc, i), f32x4.sub(one, f32x4.mul(g, g))))
    v128.store(zo + q, f32x4.mul(f32x4.mul(dh, tc), f32x4.mul(o, f32x4.sub(one, o))))
    v128.store(dCell + q, f32x4.mul(dc, f))
  }
}

/**
 * Forward in training: keeps the gates (z), cells and their tanh of every step for the way back.
 * kernel and recurrent are packed [4 units][inputs] and [4 units][units]; oStep is the output's bytes a step.
 */
export function lstmForward(
  kernel: Address, recurrent: Address, bias: Address, x: Address, inputs: i32,
  z: Address, cell: Address, cellTanh: Address, output: Address, oStep: Address,
  units: i32, steps: i32, lanes: i32, reverse: bool,
): void {
  const bytes = <Address>(units * lanes) << 2
  const zStep = bytes << 2
  const xStep = <Address>(inputs * lanes) << 2
  gemmSteps(kernel, x, xStep, z, zStep, 4 * units, inputs, lanes, steps, bias, false)
  for (let s = 0; s < steps; s++) {
    const t = <Address>(reverse ? steps - 1 - s : s)
    const before = <Address>(reverse ? steps - s : s - 1)
    const zt = z + t * zStep
    if (s) gemm(recurrent, output + before * oStep, zt, 4 * units, units, lanes, 0, true)
    gatesForward(zt, s ? cell + before * bytes : 0, cell + t * bytes, cellTanh + t * bytes, output + t * oStep, bytes)
  }
}

/** Forward at inference: z [4 units][lanes], cell and cellTanh [units][lanes] are used again at every step. */
export function lstmInfer(
  kernel: Address, recurrent: Address, bias: Address, x: Address, inputs: i32,
  z: Address, cell: Address, cellTanh: Address, output: Address, oStep: Address,
  units: i32, steps: i32, lanes: i32, reverse: bool,
): void {
  const bytes = <Address>(units * lanes) << 2
  const xStep = <Address>(inputs * lanes) << 2
  for (let s = 0; s < steps; s++) {
    const t = <Address>(reverse ? steps - 1 - s : s)
    const before = <Address>(reverse ? steps - s : s - 1)
    gemm(kernel, x + t * xStep, z, 4 * units, inputs, lanes, bias, false)
    if (s) gemm(recurrent, output + before * oStep, z, 4 * units, units, lanes, 0, true)
    gatesForward(z, s ? cell : 0, cell, cellTanh, output + t * oStep, bytes)
  }
}

/**
 * Backward through time: z becomes the gradient of the pre-activations, from which outerProduct,
 * rowSums and gemmSteps make the rest. recurrent is packed [units][4 units]; dHidden and dCell are scratch.
 */
export function lstmBackward(
  recurrent: Address, z: Address, cell: Address, cellTanh: Address, dOutput: Address, oStep: Address,
  dHidden: Address, dCell: Address, units: i32, steps: i32, lanes: i32, reverse: bool,
): void {
  const bytes = <Address>(units * lanes) << 2
  const zStep = bytes << 2
  memory.fill(dHidden, 0, bytes)
  memory.fill(dCell, 0, bytes)
  for (let s = steps - 1; s >= 0; s--) {
    const t = <Address>(reverse ? steps - 1 - s : s)
    const before = <Address>(reverse ? steps - s : s - 1)
    const zt = z + t * zStep
    gatesBackward(zt, s ? cell + before * bytes : 0, cellTanh + t * bytes, dOutput + t * oStep, dHidden, dCell, bytes)
    if (s) gemm(recurrent, zt, dHidden, units, 4 * units, lanes, 0, false)
  }
}
