import { supportsRelaxedSimd } from '@/lib/engine/wasm/capability'
import { ApiError, callApi } from '@/components/live/call-api'

interface ModelFiles { readonly name: string; readonly manifest: string; readonly weights: ArrayBuffer; readonly engine: ArrayBuffer }

/** The default model's two files and the engine; null where no model is stored. */
export async function fetchModel(): Promise<ModelFiles | null> {
  const models = await callApi<{ id: string; name: string; isDefault: boolean }[]>('/api/models')
  const model = models.find((one) => one.isDefault) ?? models[0]
  if (!model) return null
  const base = `/api/models/${encodeURIComponent(model.id)}`
  const build = supportsRelaxedSimd() ? 'kernels-fma-inline' : 'kernels-simd-inline'
  const [manifest, weights, engine] = await Promise.all([fetchPart(`${base}/manifest`), fetchPart(`${base}/weights`), fetchPart(`/engine/${build}.wasm`)])
  return { name: model.name, manifest: await manifest.text(), weights: await weights.arrayBuffer(), engine: await engine.arrayBuffer() }
}

async function fetchPart(path: string): Promise<Response> {
  const response = await fetch(path)
  if (!response.ok) throw new ApiError(String(response.status), `The server answered ${response.status} for ${path}.`)
  return response
}
