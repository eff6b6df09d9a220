import type { KernelBackend } from '@tensorflow/tfjs-core'
import type { Tf } from '../tfjs/backend'
import { composedLstm } from '../tfjs/composed-lstm'
import { createTfjsEngine } from '../tfjs/engine'
import type { Engine } from '../types'
import { openDevice, type Gpu } from './adapter'

/** As much of @tensorflow/tfjs-backend-webgpu as is needed; it must be loaded where `navigator.gpu` is. */
export interface WebgpuModule { readonly WebGPUBackend: new (device: never, info: never) => object }

const NAME = 'webgpu'

/**
 * The engine on a graphics card through WebGPU, over tfjs's kernels. The description ends in `software` where the adapter is a program.
 * @throws AuditweaveError 'engine-no-gpu' where there is no adapter
 */
export async function createWebgpuEngine(tf: Tf, module: WebgpuModule, gpu: Gpu): Promise<Engine> {
  const { device, info, name, kind } = await openDevice(gpu)
  // The module has put its own maker under this name, which tells nothing of why it fails.
  if (tf.findBackendFactory(NAME)) tf.removeBackend(NAME)
  tf.registerBackend(NAME, () => new module.WebGPUBackend(device as never, info as never) as KernelBackend)
  await tf.setBackend(NAME)
  return createTfjsEngine({ tf, name: NAME, lstm: composedLstm(tf), reads: 'later' }, `webgpu, ${name}${kind === 'software' ? ', software' : ''}`)
}
