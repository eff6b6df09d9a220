/** Values with a shape, in double precision, row-major. */
export interface NdArray { readonly shape: readonly number[]; readonly data: Float64Array }

export const size = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1)

/** Distance between neighbours along each side. */
export function strides(shape: readonly number[]): number[] {
  const result = shape.map(() => 1)
  for (let i = shape.length - 2; i >= 0; i--) result[i] = (result[i + 1] as number) * (shape[i + 1] as number)
  return result
}

export function transpose({ shape, data }: NdArray, order: readonly number[]): NdArray {
  const to = order.map((place) => shape[place] as number)
  const from = strides(shape)
  const walk = strides(to)
  return { shape: to, data: Float64Array.from(data, (_, i) => data[to.reduce((at, side, k) => at + (Math.floor(i / (walk[k] as number)) % side) * (from[order[k] as number] as number), 0)] as number) }
}

/** `b` is repeated along the sides that it lacks. */
export function combine(a: NdArray, b: NdArray, by: (x: number, y: number) => number): NdArray {
  if (b.data.length > a.data.length) return combine(b, a, (x, y) => by(y, x))
  const tail = a.shape.slice(a.shape.length - b.shape.length)
  if (b.data.length !== 1 && tail.join() !== b.shape.join()) throw new RangeError(`[${a.shape.join()}] and [${b.shape.join()}]`)
  return { shape: a.shape, data: a.data.map((value, i) => by(value, b.data[i % b.data.length] as number)) }
}

/** Applies `change` to each row along the last side. */
export function byRow({ shape, data }: NdArray, change: (row: Float64Array) => Float64Array): NdArray {
  const width = shape.at(-1) as number
  const result = new Float64Array(data.length)
  for (let at = 0; at < data.length; at += width) result.set(change(data.subarray(at, at + width)), at)
  return { shape, data: result }
}

/** a [..., n] times b [n, m]. */
export function matMul(a: NdArray, b: NdArray): NdArray {
  const [n, m] = b.shape as [number, number]
  const rows = a.data.length / n
  const data = new Float64Array(rows * m)
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < n; k++) {
      const value = a.data[row * n + k] as number
      for (let column = 0; column < m; column++) data[row * m + column]! += value * (b.data[k * m + column] as number)
    }
  }
  return { shape: [...a.shape.slice(0, -1), m], data }
}
