import { AuditweaveError } from '@/lib/audit/errors'
import type { Engine } from '../types'
import type { Gpu } from './adapter'
import { createWebgpuEngine } from './engine'

/**
 * The WebGPU engine in a page or a web worker; tfjs is fetched when this is called, not before.
 * @throws AuditweaveError 'engine-no-gpu' where the browser has no WebGPU or the machine no adapter
 */
export async function loadBrowserWebgpuEngine(): Promise<Engine> {
  const { gpu } = navigator as unknown as { readonly gpu?: Gpu }
  if (!gpu) throw new AuditweaveError('engine-no-gpu', 'This browser has no WebGPU here: open the page over HTTPS or on localhost in a newer browser, or compute with wasm.')
  const [tf, module] = await Promise.all([import('@tensorflow/tfjs-core'), import('@tensorflow/tfjs-backend-webgpu')])
  return createWebgpuEngine(tf, module, gpu)
}
