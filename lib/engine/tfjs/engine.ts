import { validateNetwork } from '../spec'
import type { Engine } from '../types'
import type { TfjsBackend } from './backend'
import { TfjsNetwork } from './network'

/** An engine over a tfjs backend that is ready; `threads` of its networks' options is the backend's own affair. */
export function createTfjsEngine(backend: TfjsBackend, description: string): Engine {
  return {
    name: backend.name,
    description,
    async create(spec, options) {
      validateNetwork(spec, options.batch)
      return new TfjsNetwork(spec, options, backend)
    },
  }
}
