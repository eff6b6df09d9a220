import { AuditweaveError } from '@/lib/audit/errors'
import type { LayerSpec, NetworkSpec } from './types'

/** How a tensor starts: Keras's defaults. */
export type Start = 'zeros' | 'ones' | 'glorot' | 'orthogonal' | 'forgetBias'

/** One named tensor of a network; moving averages are not trained. */
export interface Parameter {
  readonly name: string
  readonly shape: readonly number[]
  readonly trained: boolean
  readonly start: Start
}

const invalid = (what: string): never => {
  throw new AuditweaveError('invalid-network', `The network cannot be built: ${what}. Correct the network definition.`)
}

const positive = (value: number, what: string): void => {
  if (!Number.isInteger(value) || value < 1) invalid(`${what} is ${value} and must be a whole number above 0`)
}

/** The width of a layer's output for an input of `width`. */
export function outputWidth(layer: LayerSpec, width: number): number {
  if (layer.kind === 'bilstm') return 2 * layer.units
  return layer.kind === 'dense' ? layer.units : width
}

function checkLayer(layer: LayerSpec, place: string): void {
  switch (layer.kind) {
    case 'bilstm':
    case 'dense':
      positive(layer.units, `units of ${place}`)
      break
    case 'batchNorm':
      if (!(layer.epsilon > 0)) invalid(`epsilon of ${place} is ${layer.epsilon} and must be above 0`)
      if (!(layer.momentum >= 0 && layer.momentum < 1)) invalid(`momentum of ${place} is ${layer.momentum} and must be in [0, 1)`)
      break
    case 'dropout':
      if (!(layer.rate >= 0 && layer.rate < 1)) invalid(`rate of ${place} is ${layer.rate} and must be in [0, 1)`)
      break
    default:
      invalid(`${place} is of an unknown kind`)
  }
}

/**
 * @param batch the largest batch that will be asked for, where it is known
 * @throws AuditweaveError 'invalid-network' naming the first thing that is wrong
 */
export function validateNetwork(spec: NetworkSpec, batch = 1): void {
  positive(batch, 'batch')
  for (const key of ['features', 'window', 'heads', 'classes'] as const) positive(spec[key], key)
  let width = spec.features
  spec.layers.forEach((layer, index) => {
    checkLayer(layer, `layer ${index} (${layer.kind})`)
    width = outputWidth(layer, width)
  })
  if (spec.layers.length === 0) invalid('it has no layers')
  if (width !== spec.heads * spec.classes) {
    invalid(`the last layer gives ${width} outputs, ${spec.heads} heads of ${spec.classes} classes need ${spec.heads * spec.classes}`)
  }
  if (spec.loss.kind === 'focal' && !(spec.loss.gamma >= 0 && spec.loss.alpha > 0)) invalid('the focal loss needs gamma >= 0 and alpha > 0')
}

function layerParameters(layer: LayerSpec, width: number, prefix: string): Parameter[] {
  const tensor = (name: string, shape: number[], start: Start, trained = true): Parameter => ({ name: `${prefix}/${name}`, shape, trained, start })
  switch (layer.kind) {
    case 'bilstm':
      return ['forward', 'backward'].flatMap((direction) => [
        tensor(`${direction}/kernel`, [width, 4 * layer.units], 'glorot'),
        tensor(`${direction}/recurrentKernel`, [layer.units, 4 * layer.units], 'orthogonal'),
        tensor(`${direction}/bias`, [4 * layer.units], 'forgetBias'),
      ])
    case 'batchNorm':
      return [
        tensor('gamma', [width], 'ones'),
        tensor('beta', [width], 'zeros'),
        tensor('movingMean', [width], 'zeros', false),
        tensor('movingVariance', [width], 'ones', false),
      ]
    case 'dense':
      return [tensor('kernel', [width, layer.units], 'glorot'), tensor('bias', [layer.units], 'zeros')]
    default:
      return []
  }
}

/** Every tensor of the network in its fixed order: `layer<index>/...`, index counting all layers of the definition. */
export function networkParameters(spec: NetworkSpec): Parameter[] {
  let width = spec.features
  return spec.layers.flatMap((layer, index) => {
    const own = layerParameters(layer, width, `layer${index}`)
    width = outputWidth(layer, width)
    return own
  })
}

/** Number of values in a tensor of this shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1)
