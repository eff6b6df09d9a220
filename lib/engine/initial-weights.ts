import { hashKey, normalSource, uniformSource } from './random'
import { networkParameters, sizeOf } from './spec'
import type { Parameter } from './spec'
import type { NetworkSpec, Tensor, Weights } from './types'

/** Glorot and Bengio 2010, uniform: the limit is sqrt(6 / (fan in + fan out)). */
function glorot(shape: readonly number[], key: number): Float32Array {
  const [rows = 1, columns = 1] = shape
  const limit = Math.sqrt(6 / (rows + columns))
  const uniform = uniformSource(key)
  return Float32Array.from({ length: rows * columns }, () => (uniform() * 2 - 1) * limit)
}

/** Takes from row `r` of `basis` its part along the rows before it. */
function removeProjections(basis: Float64Array, r: number, columns: number): void {
  const row = basis.subarray(r * columns, (r + 1) * columns)
  for (let other = 0; other < r; other++) {
    const direction = basis.subarray(other * columns, (other + 1) * columns)
    let along = 0
    for (let i = 0; i < columns; i++) along += (row[i] ?? 0) * (direction[i] ?? 0)
    for (let i = 0; i < columns; i++) row[i] = (row[i] ?? 0) - along * (direction[i] ?? 0)
  }
}

/** Keras's RandomUniform for embeddings: within 0.05 of 0. */
function uniform(shape: readonly number[], key: number): Float32Array {
  const source = uniformSource(key)
  return Float32Array.from({ length: sizeOf(shape) }, () => (source() * 2 - 1) * 0.05)
}

/**
 * `rows` orthonormal rows of `columns` values (rows <= columns; Saxe et al. 2014): Gram-Schmidt on
 * random normal rows, done twice, which keeps them orthogonal to rounding.
 */
function orthogonal(shape: readonly number[], key: number): Float32Array {
  const [rows = 1, columns = 1] = shape
  const normal = normalSource(key)
  const basis = Float64Array.from({ length: rows * columns }, normal)
  for (let r = 0; r < rows; r++) {
    removeProjections(basis, r, columns)
    removeProjections(basis, r, columns)
    const row = basis.subarray(r * columns, (r + 1) * columns)
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0))
    row.set(row.map((value) => value / length))
  }
  return Float32Array.from(basis)
}

function startValues(parameter: Parameter, key: number): Float32Array {
  const size = sizeOf(parameter.shape)
  switch (parameter.start) {
    case 'glorot':
      return glorot(parameter.shape, key)
    case 'uniform':
      return uniform(parameter.shape, key)
    case 'orthogonal':
      return orthogonal(parameter.shape, key)
    case 'ones':
      return new Float32Array(size).fill(1)
    case 'forgetBias':
      // Ones in the forget gate's quarter (Jozefowicz et al. 2015), as Keras's unit_forget_bias.
      return new Float32Array(size).fill(1, size / 4, size / 2)
    default:
      return new Float32Array(size)
  }
}

/** Keras's initial weights from a seed; each tensor has its own stream, so that adding a layer changes no other. */
export function initialWeights(spec: NetworkSpec, seed: number): Weights {
  return new Map(networkParameters(spec).map((parameter): [string, Tensor] => {
    const key = hashKey(seed, ...[...parameter.name].map((letter) => letter.codePointAt(0) ?? 0))
    return [parameter.name, { shape: parameter.shape, data: startValues(parameter, key) }]
  }))
}
