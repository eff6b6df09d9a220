import { AuditweaveError } from '@/lib/audit/errors'
import { sizeOf, type Parameter } from './spec'
import type { Weights } from './types'

/** @throws AuditweaveError 'weights-mismatch' naming the first tensor that is missing, of another shape or unknown. */
export function checkTensors(parameters: readonly Parameter[], tensors: Weights): void {
  for (const { name, shape } of parameters) {
    const tensor = tensors.get(name)
    if (tensor && tensor.data.length === sizeOf(shape) && tensor.shape.join() === shape.join()) continue
    const have = tensor ? `has shape [${tensor.shape.join(', ')}]` : 'is missing'
    throw new AuditweaveError('weights-mismatch', `Tensor ${name} ${have}, the network needs [${shape.join(', ')}]: these weights are of another network.`)
  }
  if (tensors.size === parameters.length) return
  const known = new Set(parameters.map(({ name }) => name))
  const extra = [...tensors.keys()].find((name) => !known.has(name))
  throw new AuditweaveError('weights-mismatch', `Tensor ${extra} is not in the network: these weights are of another network.`)
}
