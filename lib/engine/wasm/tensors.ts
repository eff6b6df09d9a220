import { AuditweaveError } from '@/lib/audit/errors'
import type { Parameter } from '../spec'
import { sizeOf } from '../spec'
import type { Tensor, Weights } from '../types'

/** Copies tensors out of memory; `address` tells where each begins. */
export function readTensors(buffer: ArrayBufferLike, parameters: readonly Parameter[], address: (name: string) => number): Weights {
  return new Map(parameters.map(({ name, shape }): [string, Tensor] => {
    const size = sizeOf(shape)
    const data = new Float32Array(size)
    data.set(new Float32Array(buffer, address(name), size))
    return [name, { shape, data }]
  }))
}

/**
 * Copies tensors into memory; every parameter must be there with its shape, or nothing is written.
 * @throws AuditweaveError 'weights-mismatch' naming the tensor.
 */
export function writeTensors(buffer: ArrayBufferLike, parameters: readonly Parameter[], address: (name: string) => number, tensors: Weights): void {
  const found = parameters.map(({ name, shape }) => {
    const tensor = tensors.get(name)
    if (!tensor || tensor.data.length !== sizeOf(shape) || tensor.shape.join() !== shape.join()) {
      const have = tensor ? `has shape [${tensor.shape.join(', ')}]` : 'is missing'
      throw new AuditweaveError(
        'weights-mismatch', `Tensor ${name} ${have}, the network needs [${shape.join(', ')}]: these weights are of another network.`,
      )
    }
    return { name, data: tensor.data }
  })
  if (tensors.size !== parameters.length) {
    const known = new Set(parameters.map(({ name }) => name))
    const extra = [...tensors.keys()].find((name) => !known.has(name))
    throw new AuditweaveError('weights-mismatch', `Tensor ${extra} is not in the network: these weights are of another network.`)
  }
  for (const { name, data } of found) new Float32Array(buffer, address(name), data.length).set(data)
}
