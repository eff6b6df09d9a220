import type { EventFacts } from '@/lib/contexts/facts'
import type { ActionLabel } from '@/lib/labels/action-label'

/** An event that the clusterers see: it has a label, and is a trigger when that label is its own action. */
export interface LabelledFacts {
  readonly facts: EventFacts
  readonly label: ActionLabel
  readonly key: string
  readonly trigger: boolean
}

/** A group of events, founder first; the founder names the context. `why[i]` says what put member i there. */
export interface Cluster {
  readonly members: LabelledFacts[]
  readonly why: string[]
}
