import type { AnyRunSpec } from './any-run-spec'
import type { AxisValue } from './points'
import type { Protocol } from './run-spec'

/** A run as the queue takes it. */
export interface PlannedRun {
  readonly kind: 'train' | 'measure'
  readonly name: string
  /** Of a measurement its name. */
  readonly preset: string
  /** `whole` of a measurement: it holds nothing out. */
  readonly protocol: Protocol | 'whole'
  readonly seed: number
  /** The swept axes; of a training its preset, protocol and window too. */
  readonly axes: Readonly<Record<string, AxisValue>>
  readonly params: AnyRunSpec
  readonly priority?: number
}
