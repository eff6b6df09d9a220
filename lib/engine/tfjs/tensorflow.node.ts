import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Engine } from '../types'
import type { Tf } from './backend'
import { createTfjsEngine } from './engine'
import { fusedLstm, type Int64Scalar, type NodeBackend } from './fused-lstm'

type Binding = NodeBackend & { readonly isUsingGpuDevice: boolean; readonly binding: { readonly TF_Version: string } }

/** Read by TensorFlow when it is loaded; what the user has set stays. */
function prepareEnvironment(threads: number): void {
  // Its notices are about how it was built; errors still show.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
  process.env.TF_NUM_INTRAOP_THREADS ??= String(threads)
  // Newer cards would shorten float32 to 10 bits in products, which the conformance test does not let pass.
  process.env.NVIDIA_TF32_OVERRIDE ??= '0'
}

/**
 * The engine on TensorFlow's own library, through the node binding @tensorflow/tfjs-node or -gpu.
 * @param folder the package's folder
 * @throws what the binding throws when its library is absent or of another version
 */
export async function loadTensorflowEngine(folder: string, threads: number): Promise<Engine> {
  prepareEnvironment(threads)
  const require = createRequire(join(folder, 'package.json'))
  const tf = require(folder) as Tf
  const { Int64Scalar } = require(join(folder, 'dist', 'int64_tensors')) as { Int64Scalar: Int64Scalar }
  await tf.setBackend('tensorflow')
  await tf.ready()
  const backend = tf.backend() as unknown as Binding
  const device = backend.isUsingGpuDevice ? 'GPU' : 'CPU'
  return createTfjsEngine(
    { tf, name: 'tensorflow', lstm: fusedLstm(tf, backend, Int64Scalar), reads: 'at once' }, `tensorflow ${backend.binding.TF_Version}, ${device}`,
  )
}
