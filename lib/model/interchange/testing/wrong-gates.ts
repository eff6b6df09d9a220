import type { Tensor, Weights } from '@/lib/engine/types'

/** Weights whose LSTMs have the gates f and c in each other's place: what an export in the wrong gate order would hold. */
export function wrongGates(weights: Weights): Weights {
  return new Map([...weights].map(([name, tensor]): [string, Tensor] => [name, /\/(forward|backward)\//.test(name) ? exchanged(tensor) : tensor]))
}

function exchanged({ shape, data }: Tensor): Tensor {
  const columns = shape.at(-1) ?? 0
  const units = columns / 4
  const source = (column: number): number => {
    const gate = Math.floor(column / units)
    return gate === 1 ? column + units : gate === 2 ? column - units : column
  }
  return { shape, data: data.map((_, i) => data[i - (i % columns) + source(i % columns)] as number) }
}
