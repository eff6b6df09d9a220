import { supportsRelaxedSimd } from '@/lib/engine/wasm/capability'
import { ApiError } from '@/components/live/call-api'

/** The engine's WebAssembly for one thread, the quickest build that this browser runs. */
export async function fetchKernels(): Promise<ArrayBuffer> {
  return (await fetchPart(`/engine/${supportsRelaxedSimd() ? 'kernels-fma-inline' : 'kernels-simd-inline'}.wasm`)).arrayBuffer()
}

/** A file of this server; a refusal becomes an ApiError. */
export async function fetchPart(path: string): Promise<Response> {
  const response = await fetch(path).catch(() => null)
  if (!response) throw new ApiError('unreachable', 'The server does not answer. See that "npm start" still runs, then try again.')
  if (!response.ok) throw new ApiError(String(response.status), `The server answered ${response.status} for ${path}.`)
  return response
}
