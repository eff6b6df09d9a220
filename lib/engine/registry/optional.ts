/** Engines beside wasm, which is always there. */
export const OPTIONAL_ENGINES = ['tensorflow', 'webgpu'] as const
export type OptionalEngine = (typeof OPTIONAL_ENGINES)[number]

/** What may be asked for: `auto` takes the fastest engine that passes the conformance test. */
export const ENGINE_CHOICES = ['auto', 'wasm', ...OPTIONAL_ENGINES] as const
export type EngineChoice = (typeof ENGINE_CHOICES)[number]

export const isOptionalEngine = (name: string): name is OptionalEngine => (OPTIONAL_ENGINES as readonly string[]).includes(name)

/** The npm packages that an engine may come from, the better one first, and the versions it was tried with. */
export const PACKAGES: Readonly<Record<OptionalEngine, readonly { readonly name: string; readonly version: string }[]>> = {
  tensorflow: [{ name: '@tensorflow/tfjs-node-gpu', version: '4.22.0' }, { name: '@tensorflow/tfjs-node', version: '4.22.0' }],
  webgpu: [{ name: 'webgpu', version: '0.6.2' }],
}
