/** Yardsticks of bench/kernels.ts: the same work in plain loops over typed arrays. */
interface Work {
  readonly name: string
  readonly amount: number
  run(): void
}

const wave = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => Math.sin(i) / 10)

/** A [rows][depth] matrix by a [depth][lanes] one; in operations. */
export function plainProduct(rows: number, depth: number, lanes: number): Work {
  const [a, b, c] = [wave(rows * depth), wave(depth * lanes), new Float32Array(rows * lanes)]
  const run = (): void => {
    for (let m = 0; m < rows; m++) {
      for (let n = 0; n < lanes; n++) {
        let sum = 0
        for (let k = 0; k < depth; k++) sum += (a[m * depth + k] ?? 0) * (b[k * lanes + n] ?? 0)
        c[m * lanes + n] = sum
      }
    }
  }
  return { name: 'product', amount: 2 * depth * rows * lanes, run }
}

interface Shape { readonly features: number; readonly dimension: number; readonly codes: number }

const rowsOf = ({ features, codes }: Shape, lines: number): Int32Array => Int32Array.from({ length: features * lines }, (_, i) => (i % features) * codes + ((i * 7) % codes))

export function plainLookup(shape: Shape, lines: number): Work {
  const { features, dimension, codes } = shape
  const [table, rows, y] = [wave(features * codes * dimension), rowsOf(shape, lines), new Float32Array(features * dimension * lines)]
  const run = (): void => rows.forEach((row, at) => {
    for (let d = 0; d < dimension; d++) y[at * dimension + d] = table[row * dimension + d] ?? 0
  })
  return { name: 'lookup', amount: y.length, run }
}

export function plainScatter(shape: Shape, lines: number): Work {
  const { features, dimension, codes } = shape
  const [table, rows, dy] = [new Float32Array(features * codes * dimension), rowsOf(shape, lines), wave(features * dimension * lines)]
  const run = (): void => {
    table.fill(0)
    rows.forEach((row, at) => {
      for (let d = 0; d < dimension; d++) table[row * dimension + d] = (table[row * dimension + d] ?? 0) + (dy[at * dimension + d] ?? 0)
    })
  }
  return { name: 'scatter', amount: dy.length, run }
}

export function plainGelu(count: number): Work {
  const [x, y] = [wave(count), new Float32Array(count)]
  const run = (): void => x.forEach((value, i) => { y[i] = (value / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (value + 0.044715 * value ** 3))) })
  return { name: 'gelu', amount: count, run }
}

/** Forward, then gradient of the input. */
export function plainLayerNorm(width: number, lines: number): Work[] {
  const [x, y, dy] = [wave(width * lines), new Float32Array(width * lines), wave(width * lines)]
  const overLines = (each: (from: number, mean: number, inverse: number) => void): void => {
    for (let from = 0; from < x.length; from += width) {
      let [sum, square] = [0, 0]
      for (let i = from; i < from + width; i++) sum += x[i] ?? 0
      for (let i = from; i < from + width; i++) square += ((x[i] ?? 0) - sum / width) ** 2
      each(from, sum / width, 1 / Math.sqrt(square / width + 1e-3))
    }
  }
  const forward = (): void => overLines((from, mean, inverse) => {
    for (let i = from; i < from + width; i++) y[i] = ((x[i] ?? 0) - mean) * inverse
  })
  const backward = (): void => overLines((from, mean, inverse) => {
    let [sum, product] = [0, 0]
    for (let i = from; i < from + width; i++) {
      sum += dy[i] ?? 0
      product += (dy[i] ?? 0) * ((x[i] ?? 0) - mean) * inverse
    }
    for (let i = from; i < from + width; i++) y[i] = inverse * ((dy[i] ?? 0) - sum / width - (((x[i] ?? 0) - mean) * inverse * product) / width)
  })
  return [{ name: 'layerNorm', amount: y.length, run: forward }, { name: 'its gradient', amount: y.length, run: backward }]
}
