import type { EventFacts } from '@/lib/contexts/facts'
import type { LinkerState, Seed } from '@/lib/contexts/linker-state'

/** What a rule sees: an event of the control plane, and all that came before it. */
export interface View {
  readonly state: LinkerState
  readonly index: number
  readonly facts: EventFacts
  /** The event's own object, empty when it names none. */
  readonly own: readonly Seed[]
}

/** A rule's answer: the trigger it points at, and why. */
export interface Evidence {
  /** Index of the trigger event. */
  readonly trigger: number
  /** Name shown on the link: the rule's id, or the relation that led there. */
  readonly rule: string
  /** Object that joins them, -1 when it is not an object. */
  readonly node: number
  /** Words for the key when there is no object. */
  readonly key?: string
  /** Earlier event that the link points at; the trigger when absent. */
  readonly via?: number
  readonly score: number
}

/**
 * rival: the latest trigger among rivals wins; instead: decides alone when it finds one;
 * fallback: asked only while nothing has been found.
 */
export type RuleMode = 'rival' | 'instead' | 'fallback'

export interface Rule {
  readonly id: string
  /** One line: what Kubernetes does that makes this right. */
  readonly because: string
  readonly mode: RuleMode
  readonly applies: (view: View) => boolean
  readonly propose: (view: View) => Evidence | null
}
