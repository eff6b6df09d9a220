import { createRequire } from 'node:module'
import type { Engine } from '../types'
import type { Tf } from './backend'
import { composedLstm } from './composed-lstm'
import { createTfjsEngine } from './engine'

const require = createRequire(import.meta.url)

/** tfjs's plain JavaScript backend: slow, but everywhere, so that the code above backends is tested on any machine. */
export async function loadCpuEngine(): Promise<{ engine: Engine; tf: Tf }> {
  const tf = require('@tensorflow/tfjs-core') as Tf
  require('@tensorflow/tfjs-backend-cpu')
  await tf.setBackend('cpu')
  const engine = createTfjsEngine({ tf, name: 'cpu', lstm: composedLstm(tf), reads: 'at once' }, 'tfjs, plain JavaScript, for tests')
  return { engine, tf }
}
