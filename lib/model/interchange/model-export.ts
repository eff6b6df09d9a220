import type { TrainedModel } from '../model-file'
import { headNames } from './head-names'
import type { NetworkExport } from './network-export'

export interface ExportOptions {
  /** Version of Auditweave, for the file's record. */
  readonly version?: string
}

/** A model as exports take it: all of its manifest goes along, so that values can be encoded and answers read without Auditweave. */
export function modelExport({ manifest, weights }: TrainedModel, options: ExportOptions = {}): NetworkExport {
  return { name: manifest.name, spec: manifest.network, weights, headNames: headNames(manifest), about: manifest, version: options.version ?? '' }
}
