import type { ActionLabel } from '@/lib/labels/action-label'

/** What a network of either family says of an event. */
export interface EventPrediction {
  /** Null where the network answers "unknown" or an impossible tuple. */
  readonly label: ActionLabel | null
  /** 0..1, calibrated where the model has a map for it. */
  readonly confidence: number
  /** The label that came second; null where there is none. */
  readonly runnerUp: ActionLabel | null
  /** By how much the label leads the runner-up, 0..1. */
  readonly margin: number
}

/** A request's own action and what the network says of it. */
export interface Suggestion {
  readonly own: ActionLabel | null
  readonly prediction: EventPrediction
  /** auditID of the trigger that the network points at, where it can point. */
  readonly pointsAt: string | null
}
