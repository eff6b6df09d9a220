import { checkTensors } from '../check-tensors'
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
  checkTensors(parameters, tensors)
  for (const { name } of parameters) {
    const data = tensors.get(name)?.data ?? new Float32Array(0)
    new Float32Array(buffer, address(name), data.length).set(data)
  }
}
