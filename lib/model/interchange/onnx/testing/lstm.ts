import type { NdArray } from './arrays'

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/**
 * ONNX's LSTM as its operator page defines it, bidirectional, with the default activations: X [steps, batch, width],
 * W [2, 4 units, width], R [2, 4 units, units], B [2, 8 units], gates i, o, f, c; Y [steps, 2, batch, units].
 */
export function onnxLstm([x, w, r, b]: readonly NdArray[], units: number): NdArray {
  if (!x || !w || !r || !b) throw new RangeError('an LSTM has four inputs here')
  const [steps, batch] = x.shape as [number, number, number]
  const y: NdArray = { shape: [steps, 2, batch, units], data: new Float64Array(steps * 2 * batch * units) }
  for (const way of [0, 1]) for (let place = 0; place < batch; place++) oneWay({ x, w, r, b, y }, { way, place, units })
  return y
}

interface Tensors { readonly x: NdArray; readonly w: NdArray; readonly r: NdArray; readonly b: NdArray; readonly y: NdArray }

function oneWay({ x, w, r, b, y }: Tensors, { way, place, units }: { way: number; place: number; units: number }): void {
  const [steps, batch, width] = x.shape as [number, number, number]
  let [h, c] = [new Float64Array(units), new Float64Array(units)]
  for (let n = 0; n < steps; n++) {
    const step = way === 0 ? n : steps - 1 - n
    const input = x.data.subarray((step * batch + place) * width, (step * batch + place + 1) * width)
    const gate = (row: number): number => {
      let sum = (b.data[way * 8 * units + row] as number) + (b.data[way * 8 * units + 4 * units + row] as number)
      for (let k = 0; k < width; k++) sum += (w.data[(way * 4 * units + row) * width + k] as number) * (input[k] as number)
      for (let k = 0; k < units; k++) sum += (r.data[(way * 4 * units + row) * units + k] as number) * (h[k] as number)
      return sum
    }
    const [nextH, nextC] = [new Float64Array(units), new Float64Array(units)]
    for (let unit = 0; unit < units; unit++) {
      const [i, o, f, candidate] = [0, 1, 2, 3].map((block) => gate(block * units + unit)) as [number, number, number, number]
      nextC[unit] = sigmoid(f) * (c[unit] as number) + sigmoid(i) * Math.tanh(candidate)
      nextH[unit] = sigmoid(o) * Math.tanh(nextC[unit] as number)
    }
    y.data.set(nextH, ((step * 2 + way) * batch + place) * units)
    ;[h, c] = [nextH, nextC]
  }
}
