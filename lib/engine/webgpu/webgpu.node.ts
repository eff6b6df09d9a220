import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Tf } from '../tfjs/backend'
import type { Engine } from '../types'
import type { Gpu } from './adapter'
import { createWebgpuEngine, type WebgpuModule } from './engine'

/** What the npm package `webgpu` (Dawn) gives. */
interface Dawn { create(flags: readonly string[]): Gpu; readonly globals: object }

/** tfjs looks for WebGPU where a browser has it. */
function offer(gpu: Gpu, globals: object): void {
  Object.assign(globalThis, globals)
  const { navigator } = globalThis as { navigator?: object }
  if (navigator) Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true })
  else Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true })
}

/**
 * The WebGPU engine in Node, through the npm package `webgpu`.
 * @param folder the package's folder
 * @throws AuditweaveError 'engine-no-gpu' where the machine has no adapter, and what the package throws when it cannot be loaded
 */
export async function loadWebgpuEngine(folder: string): Promise<Engine> {
  const { main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { main: string }
  const dawn = await import(pathToFileURL(join(folder, main)).href) as Dawn
  const gpu = dawn.create([])
  offer(gpu, dawn.globals)
  const require = createRequire(import.meta.url)
  const tf = require('@tensorflow/tfjs-core') as Tf
  return createWebgpuEngine(tf, require('@tensorflow/tfjs-backend-webgpu') as WebgpuModule, gpu)
}
