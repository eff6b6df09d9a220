import { AuditweaveError } from '@/lib/audit/errors'
import type { EngineOptions, LayerSpec, NetworkSpec } from './types'
import { outputCount, outputWidth } from './widths'

/** Codes are kept in 16 bits. */
const MOST_CODES = 65_536

const invalid = (what: string): never => {
  throw new AuditweaveError('invalid-network', `The network cannot be built: ${what}. Correct the network definition.`)
}

const positive = (value: number, what: string): void => {
  if (!Number.isSafeInteger(value) || value < 1) invalid(`${what} is ${value} and must be a whole number above 0`)
}

const checkEpsilon = (epsilon: number, place: string): void => {
  if (!(epsilon > 0 && epsilon < Infinity)) invalid(`epsilon of ${place} is ${epsilon} and must be above 0`)
}

const checkRate = (rate: number, place: string): void => {
  if (!(rate >= 0 && rate < 1)) invalid(`rate of ${place} is ${rate} and must be in [0, 1)`)
}

/** What a layer stands among: its index, the network, and the widths of the outputs before it. */
interface Surroundings { readonly index: number; readonly spec: NetworkSpec; readonly width: number; readonly widths: readonly number[] }

function checkEmbedding({ sizes, dimension }: LayerSpec & { kind: 'embedding' }, place: string, { index, spec }: Surroundings): void {
  if (index !== 0) invalid(`${place} is not the first layer, as an embedding must be`)
  if (sizes.length !== spec.features) invalid(`${place} has ${sizes.length} sizes for ${spec.features} features`)
  sizes.forEach((size, feature) => {
    positive(size, `size ${feature} of ${place}`)
    if (size > MOST_CODES) invalid(`size ${feature} of ${place} is ${size}; at most ${MOST_CODES} codes are possible`)
  })
  positive(dimension, `dimension of ${place}`)
}

function checkAdd({ from }: LayerSpec & { kind: 'add' }, place: string, { index, width, widths }: Surroundings): void {
  if (!Number.isInteger(from) || from < 0 || from >= index) invalid(`${place} adds layer ${from}, which is none of the layers before it`)
  if (widths[from] !== width) invalid(`${place} adds layer ${from} of width ${widths[from]} to one of width ${width}`)
}

function checkLayer(layer: LayerSpec, place: string, surroundings: Surroundings): void {
  switch (layer.kind) {
    case 'bilstm':
      return positive(layer.units, `units of ${place}`)
    case 'dense':
      if (!['linear', 'relu', 'gelu'].includes(layer.activation)) invalid(`activation of ${place} is ${layer.activation}, which is not known`)
      return positive(layer.units, `units of ${place}`)
    case 'batchNorm':
      if (!(layer.momentum >= 0 && layer.momentum < 1)) invalid(`momentum of ${place} is ${layer.momentum} and must be in [0, 1)`)
      return checkEpsilon(layer.epsilon, place)
    case 'layerNorm':
      return checkEpsilon(layer.epsilon, place)
    case 'dropout':
    case 'featureDropout':
      return checkRate(layer.rate, place)
    case 'embedding':
      return checkEmbedding(layer, place, surroundings)
    case 'add':
      return checkAdd(layer, place, surroundings)
    default:
      return invalid(`${place} is of an unknown kind`)
  }
}

function checkHeads(spec: NetworkSpec, width: number): void {
  const { heads, classes, headSizes } = spec
  if (headSizes) {
    if (headSizes.length !== heads) invalid(`headSizes has ${headSizes.length} sizes for ${heads} heads`)
    headSizes.forEach((size, head) => positive(size, `size of head ${head}`))
    const largest = headSizes.reduce((most, size) => Math.max(most, size), 0)
    if (largest !== classes) invalid(`classes is ${classes}, but the largest head has ${largest}`)
  }
  const needed = outputCount(spec)
  const wanted = headSizes ? `heads of ${headSizes.join(', ')} classes` : `${heads} heads of ${classes} classes`
  if (width !== needed) invalid(`the last layer gives ${width} outputs, ${wanted} need ${needed}`)
}

/**
 * @param batch the largest batch that will be asked for, where it is known
 * @throws AuditweaveError 'invalid-network' naming the first thing that is wrong
 */
export function validateNetwork(spec: NetworkSpec, batch = 1): void {
  positive(batch, 'batch')
  for (const key of ['features', 'window', 'heads', 'classes'] as const) positive(spec[key], key)
  if (spec.layers.length === 0) invalid('it has no layers')
  const widths: number[] = []
  let width = spec.features
  spec.layers.forEach((layer, index) => {
    checkLayer(layer, `layer ${index} (${layer.kind})`, { index, spec, width, widths })
    width = outputWidth(layer, width)
    widths.push(width)
  })
  checkHeads(spec, width)
  if (spec.loss.kind === 'focal' && !(spec.loss.gamma >= 0 && spec.loss.alpha > 0)) invalid('the focal loss needs gamma >= 0 and alpha > 0')
}

/** @throws AuditweaveError 'invalid-network' when an option of training makes no sense */
export function validateOptions({ clipNorm }: EngineOptions): void {
  if (clipNorm !== undefined && !(clipNorm > 0)) invalid(`clipNorm is ${clipNorm} and must be above 0`)
}
