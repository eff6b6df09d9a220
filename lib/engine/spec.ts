import type { LayerSpec, NetworkSpec } from './types'
import { outputWidth } from './widths'

export { validateNetwork } from './validate-network'
export { headSizes, outputCount, outputWidth } from './widths'

/** How a tensor starts: Keras's defaults. */
export type Start = 'zeros' | 'ones' | 'uniform' | 'glorot' | 'orthogonal' | 'forgetBias'

/** One named tensor of a network; moving averages are not trained. */
export interface Parameter {
  readonly name: string
  readonly shape: readonly number[]
  readonly trained: boolean
  readonly start: Start
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
    case 'layerNorm':
      return [tensor('gamma', [width], 'ones'), tensor('beta', [width], 'zeros')]
    case 'dense':
      return [tensor('kernel', [width, layer.units], 'glorot'), tensor('bias', [layer.units], 'zeros')]
    case 'embedding':
      return [tensor('table', [layer.sizes.reduce((sum, size) => sum + size, 0), layer.dimension], 'uniform')]
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
