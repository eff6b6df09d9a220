import type { LayerSpec, NetworkSpec } from './types'

/** The width of a layer's output for an input of `width`. */
export function outputWidth(layer: LayerSpec, width: number): number {
  switch (layer.kind) {
    case 'bilstm':
      return 2 * layer.units
    case 'dense':
      return layer.units
    case 'embedding':
      return layer.sizes.length * layer.dimension
    default:
      return width
  }
}

/** Classes of each head. */
export function headSizes({ heads, classes, headSizes: sizes }: Pick<NetworkSpec, 'heads' | 'classes' | 'headSizes'>): readonly number[] {
  return sizes ?? Array.from({ length: heads }, () => classes)
}

/** Outputs of the network for one line: the classes of all heads. */
export function outputCount(spec: Pick<NetworkSpec, 'heads' | 'classes' | 'headSizes'>): number {
  return spec.headSizes?.reduce((sum, size) => sum + size, 0) ?? spec.heads * spec.classes
}
