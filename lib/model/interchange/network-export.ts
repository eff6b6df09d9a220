import type { NetworkSpec, Weights } from '@/lib/engine/types'

/** What a network is exported with, whatever the format. */
export interface NetworkExport {
  readonly name: string
  readonly spec: NetworkSpec
  readonly weights: Weights
  /** One name a head, in the network's order; each once. */
  readonly headNames: readonly string[]
  /** What travels with the network so that the file stands alone; values must be JSON. */
  readonly about: Readonly<Record<string, unknown>>
  /** Version of Auditweave, for the file's record. */
  readonly version: string
}

/** The input: codes of an embedding, or numbers. */
export function inputOf(spec: NetworkSpec): { readonly name: 'codes' | 'features'; readonly type: 'int32' | 'float' } {
  return spec.layers[0]?.kind === 'embedding' ? { name: 'codes', type: 'int32' } : { name: 'features', type: 'float' }
}
