/** What was found out about an optional engine on this machine. */
export interface Finding {
  readonly passed: boolean
  /** The engine's own description, once it could be loaded. */
  readonly description: string
  /** How it agrees with Keras, or why not. */
  readonly message: string
  /** Training speed by that of wasm, steps taken in turns; null where it was not timed. */
  readonly speed: number | null
}

export interface Probe extends Finding {
  /** Whether other work kept the machine busy meanwhile, which makes the speed a guess. */
  readonly busy: boolean
}
