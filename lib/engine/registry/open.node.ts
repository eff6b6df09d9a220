import { loadTensorflowEngine } from '../tfjs/tensorflow.node.ts'
import type { Engine } from '../types'
import { loadWebgpuEngine } from '../webgpu/webgpu.node.ts'
import type { FoundPackage } from './find.node.ts'
import type { OptionalEngine } from './optional'

/** Loads an optional engine into this process. @throws whatever its package throws */
export function openEngine(engine: OptionalEngine, { folder }: FoundPackage, threads: number): Promise<Engine> {
  return engine === 'tensorflow' ? loadTensorflowEngine(folder, threads) : loadWebgpuEngine(folder)
}
