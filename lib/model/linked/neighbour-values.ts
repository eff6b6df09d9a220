import type { EventFacts } from '@/lib/contexts/facts'
import { gapBucket } from './buckets'

/** What a line tells of the lines before it: the time since the last line, the last of its sender, and the last on its object. */
export const NEIGHBOUR_FEATURES: readonly string[] = ['gap.line', 'gap.sender', 'gap.object', 'object.verb', 'object.sender']

/** Walks events in order of time and says, by `NEIGHBOUR_FEATURES`, what came before each. */
export class Neighbours {
  readonly #bySender = new Map<string, number>()
  readonly #byObject = new Map<string, EventFacts>()
  #last: number | null = null

  next(facts: EventFacts): (string | null)[] {
    const sender = `${facts.user} ${facts.namespace}`
    const object = facts.name === null ? null : `${facts.group}/${facts.resource} ${facts.namespace}/${facts.name}`
    const before = object === null ? undefined : this.#byObject.get(object)
    const values = [
      gapBucket(this.#last === null ? null : facts.at - this.#last),
      gapBucket(this.#since(this.#bySender.get(sender), facts.at)),
      gapBucket(this.#since(before?.at, facts.at)),
      before?.verb ?? null,
      before ? (before.user === facts.user ? 'same' : before.external ? 'external' : 'system') : null,
    ]
    this.#last = facts.at
    this.#bySender.set(sender, facts.at)
    if (object !== null) this.#byObject.set(object, facts)
    return values
  }

  #since(before: number | undefined, at: number): number | null {
    return before === undefined ? null : at - before
  }
}
