import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { validateNetwork } from '../spec'
import { validateOptions } from '../validate-network'
import type { Engine, EngineOptions, NetworkSpec } from '../types'
import { chooseBuild, engineFolder, readKernels } from './assets.node.ts'
import type { Build } from './assets.node.ts'
import { Graph } from './graph'
import { createInlineEngine } from './inline'
import { LANES } from './layers/layer'
import { createMemory } from './memory'
import { WasmNetwork } from './network'
import { ThreadCrew } from './thread-crew.node.ts'

export interface WasmEngineOptions {
  /** Most threads a network may use; default: the cores at hand. */
  readonly threads?: number
  /** Forces a build; default: fused multiply-add where it validates. */
  readonly build?: Build
}

const NAMES: Record<Build, string> = { fma: 'FMA', simd: 'plain SIMD (no relaxed SIMD here)' }

/**
 * The engine on worker threads over shared memory.
 * @throws AuditweaveError 'engine-not-built' before `npm run build:engine`
 */
export async function loadWasmEngine(options: WasmEngineOptions = {}): Promise<Engine> {
  const build = chooseBuild(options.build)
  const most = options.threads ?? availableParallelism()
  const script = join(engineFolder(), 'worker.mjs')
  const module = await WebAssembly.compile(await readKernels(build, 'shared'))
  return {
    name: 'wasm',
    description: `wasm, ${NAMES[build]}, ${most} ${most === 1 ? 'thread' : 'threads'}`,
    async create(spec: NetworkSpec, options: EngineOptions) {
      const { threads, batch, inferenceOnly } = options
      validateNetwork(spec, batch)
      validateOptions(options)
      // More threads than shards would only wait.
      const size = { batch, threads: Math.max(1, Math.min(threads, most, Math.ceil(batch / LANES))), training: !inferenceOnly }
      const graph = new Graph(spec, size)
      const memory = createMemory(graph.end, true)
      return new WasmNetwork(graph, memory, await ThreadCrew.start(script, { module, memory, spec, size, graphEnd: graph.end }), options)
    },
  }
}

/** The single-threaded engine in Node: for a server that only infers, and for tests. */
export async function loadInlineEngine(build?: Build): Promise<Engine> {
  return createInlineEngine(await readKernels(chooseBuild(build), 'inline'))
}
