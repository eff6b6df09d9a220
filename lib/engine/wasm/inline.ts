import { AuditweaveError } from '@/lib/audit/errors'
import { validateNetwork } from '../spec'
import { validateOptions } from '../validate-network'
import type { Engine, EngineOptions, NetworkSpec } from '../types'
import { noBarrier, sharedClaim } from './barrier'
import { Executor } from './executor'
import { Graph } from './graph'
import { instantiateKernels } from './kernels'
import { createMemory } from './memory'
import { WasmNetwork } from './network'

async function compile(bytes: BufferSource): Promise<WebAssembly.Module> {
  if (!WebAssembly.validate(bytes)) {
    throw new AuditweaveError(
      'engine-unsupported', 'This JavaScript engine cannot run the given WebAssembly build: take kernels-simd-inline.wasm, or a newer browser or Node.',
    )
  }
  return WebAssembly.compile(bytes)
}

/**
 * An engine on the calling thread with its own, unshared memory: for web workers, pages without
 * cross-origin isolation and servers that only infer. It computes bit by bit what worker threads
 * compute with the same build.
 * @param wasmBytes kernels-fma-inline.wasm where `supportsRelaxedSimd()`, else kernels-simd-inline.wasm
 * @throws AuditweaveError 'engine-unsupported' when the bytes do not validate here
 */
export async function createInlineEngine(wasmBytes: BufferSource): Promise<Engine> {
  const module = await compile(wasmBytes)
  const probe = await instantiateKernels(module, createMemory(2 ** 17, false))
  return {
    name: 'wasm',
    description: `wasm, ${probe.usesFma() ? 'FMA' : 'plain SIMD'}, on the calling thread`,
    async create(spec: NetworkSpec, options: EngineOptions) {
      validateNetwork(spec, options.batch)
      validateOptions(options)
      const graph = new Graph(spec, { batch: options.batch, threads: 1, training: !options.inferenceOnly })
      const memory = createMemory(graph.end, false)
      const executor = new Executor(graph, await instantiateKernels(module, memory), noBarrier, sharedClaim(memory, graph.claims, graph.parts), 0)
      const crew = { run: async (command: Parameters<Executor['run']>[0]) => executor.run(command), dispose: async () => undefined }
      return new WasmNetwork(graph, memory, crew, options)
    },
  }
}
