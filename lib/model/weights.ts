import type { Tensor, Weights } from '@/lib/engine/types'

/** A copy that later training steps do not touch. */
export function copyWeights(weights: Weights): Weights {
  return new Map([...weights].map(([name, tensor]) => [name, { shape: [...tensor.shape], data: tensor.data.slice() }]))
}

/** The same tensors under `prefix/name`, to lay several sets into one file. */
export function prefixed(prefix: string, weights: Weights): [string, Tensor][] {
  return [...weights].map(([name, tensor]) => [`${prefix}/${name}`, tensor])
}

/** The tensors laid under `prefix/`, with their own names again. */
export function unprefixed(prefix: string, weights: Weights): Weights {
  const start = `${prefix}/`
  return new Map([...weights].filter(([name]) => name.startsWith(start)).map(([name, tensor]) => [name.slice(start.length), tensor]))
}

/** How many numbers the optimiser trains: moving averages are state, not parameters. */
export function parameterCount(weights: Weights): number {
  let count = 0
  for (const [name, tensor] of weights) if (!/\/moving(Mean|Variance)$/.test(name)) count += tensor.data.length
  return count
}
