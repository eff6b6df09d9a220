import { SLOTS, type Candidates } from '@/lib/contexts/candidates'
import type { EventFacts } from '@/lib/contexts/facts'
import { gapBucket } from './buckets'
import { actionOf } from './event-values'

/** What a line tells of each slot: the trigger's resource and action, the time since, what led there, and the first slot that points at the same. */
const PARTS = ['resource', 'action', 'gap', 'by', 'same'] as const

/** Names of the values that say where a line's trigger may be, as `linkValues` gives them. */
export const LINK_FEATURES: readonly string[] = SLOTS.flatMap((slot) => PARTS.map((part) => `link.${slot}.${part}`))

const DEEPEST = 3

/** The categories of an event's candidates by `LINK_FEATURES`; null where a slot is empty. */
export function linkValues(events: readonly EventFacts[], index: number, candidates: Candidates): (string | null)[] {
  const at = events[index]?.at ?? 0
  return candidates.flatMap((candidate) => {
    const trigger = candidate && events[candidate.trigger]
    if (!candidate || !trigger) return PARTS.map(() => null)
    const { label } = trigger
    const same = candidates.findIndex((other) => other?.trigger === candidate.trigger)
    return [
      label && `${label.group}/${label.resource}/${label.subresource}`, label && actionOf(label), gapBucket(at - trigger.at),
      candidate.depth > 0 ? `${candidate.by} ${Math.min(candidate.depth, DEEPEST)}` : candidate.by, String(same),
    ]
  })
}
