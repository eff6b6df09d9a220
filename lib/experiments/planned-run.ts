import type { Protocol, RunSpec } from './run-spec'

/** A run as the queue takes it. */
export interface PlannedRun {
  readonly name: string
  readonly preset: string
  readonly protocol: Protocol
  readonly seed: number
  readonly axes: { readonly window: number; readonly protocol: Protocol; readonly [axis: string]: number | string }
  readonly params: RunSpec
  readonly priority?: number
}
