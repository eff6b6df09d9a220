import { AuditweaveError } from '@/lib/audit/errors'

/** As much of WebGPU as is needed to open a device. */
export interface Gpu { requestAdapter(options?: { powerPreference?: 'high-performance' | 'low-power' }): Promise<GpuAdapter | null> }
export interface GpuAdapter {
  readonly features: { has(name: string): boolean }
  readonly limits: object
  readonly info?: AdapterInfo
  readonly isFallbackAdapter?: boolean
  requestDevice(descriptor: { requiredFeatures: string[]; requiredLimits: Record<string, number> }): Promise<object>
}
export interface AdapterInfo { readonly vendor: string; readonly architecture: string; readonly device: string; readonly description: string; readonly isFallbackAdapter?: boolean }

/** Limits that tfjs's kernels are cut to: as much as the adapter has. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize', 'maxComputeWorkgroupsPerDimension', 'maxStorageBufferBindingSize', 'maxBufferSize',
  'maxComputeWorkgroupSizeX', 'maxComputeInvocationsPerWorkgroup',
] as const

export interface OpenDevice { readonly device: object; readonly info: AdapterInfo; readonly name: string; readonly kind: 'hardware' | 'software' }

/** @throws AuditweaveError 'engine-no-gpu' where the machine offers none. */
export async function openDevice(gpu: Gpu): Promise<OpenDevice> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (!adapter) throw new AuditweaveError('engine-no-gpu', 'WebGPU finds no graphics adapter on this machine: install its driver, or compute with wasm.')
  const limits = adapter.limits as Record<string, number>
  const device = await adapter.requestDevice({ requiredFeatures: [], requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, limits[name]!])) })
  const info = adapter.info ?? { vendor: '', architecture: '', device: '', description: '' }
  const name = info.description || [info.vendor, info.architecture].filter(Boolean).join(' ') || 'unnamed adapter'
  const software = adapter.isFallbackAdapter || info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe/i.test(`${name} ${info.architecture} ${info.device}`)
  return { device, info, name, kind: software ? 'software' : 'hardware' }
}
