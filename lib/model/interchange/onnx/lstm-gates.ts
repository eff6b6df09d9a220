import type { Tensor } from '@/lib/engine/types'

/** Keras lays an LSTM's gates out as i, f, c, o; ONNX wants i, o, f, c: the place in Keras's order of each of ONNX's. */
const KERAS_PLACE = [0, 3, 1, 2] as const

/** A kernel [rows, 4 * units] as ONNX's W or R of one direction: transposed, gates in ONNX's order; flat [4 * units, rows]. */
export function gateRows({ shape, data }: Tensor): Float32Array {
  const [rows = 0, columns = 0] = shape
  const units = columns / KERAS_PLACE.length
  const result = new Float32Array(data.length)
  KERAS_PLACE.forEach((place, gate) => {
    for (let unit = 0; unit < units; unit++) {
      for (let row = 0; row < rows; row++) result[(gate * units + unit) * rows + row] = data[row * columns + place * units + unit] as number
    }
  })
  return result
}

/** A bias [4 * units] as ONNX's B of one direction: input biases, then recurrent ones, which Keras has none of; [8 * units]. */
export function gateBiases({ data }: Tensor): Float32Array {
  const units = data.length / KERAS_PLACE.length
  const result = new Float32Array(2 * data.length)
  KERAS_PLACE.forEach((place, gate) => result.set(data.subarray(place * units, (place + 1) * units), gate * units))
  return result
}
