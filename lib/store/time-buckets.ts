/** Counts by bucket of time and by verb: `counts[bucket][verb]`. */
export interface OverTime {
  readonly fromMicros: number
  readonly stepMicros: number
  readonly verbs: string[]
  readonly counts: number[][]
}

const SECOND = 1_000_000
const MAX_BUCKETS = 4096
const SHOWN_BUCKETS = 120
const MAX_VERBS = 16

/** A histogram over a span that is not known beforehand: buckets of a second, doubled when they grow too many. */
export class TimeBuckets {
  #step = SECOND
  #buckets = new Map<number, number[]>()
  readonly #verbs: string[] = []

  add(micros: number, verb: string): void {
    const key = Math.floor(micros / this.#step)
    let counts = this.#buckets.get(key)
    if (counts === undefined) {
      counts = []
      this.#buckets.set(key, counts)
      if (this.#buckets.size > MAX_BUCKETS) this.#double()
      counts = this.#buckets.get(Math.floor(micros / this.#step)) ?? counts
    }
    const verbIndex = this.#verbIndex(verb)
    counts[verbIndex] = (counts[verbIndex] ?? 0) + 1
  }

  /** At most 120 buckets from the first event to the last; null without events. */
  result(): OverTime | null {
    if (this.#buckets.size === 0) return null
    while (this.#span() > SHOWN_BUCKETS) this.#double()
    const first = this.#first()
    const counts = Array.from({ length: this.#span() }, (_, i) => {
      const bucket = this.#buckets.get(first + i)
      return this.#verbs.map((_verb, v) => bucket?.[v] ?? 0)
    })
    return { fromMicros: first * this.#step, stepMicros: this.#step, verbs: [...this.#verbs], counts }
  }

  #first(): number {
    return Math.min(...this.#buckets.keys())
  }

  #span(): number {
    return Math.max(...this.#buckets.keys()) - this.#first() + 1
  }

  #double(): void {
    const doubled = new Map<number, number[]>()
    for (const [key, counts] of this.#buckets) {
      const target = doubled.get(Math.floor(key / 2)) ?? []
      counts.forEach((count, v) => { target[v] = (target[v] ?? 0) + count })
      doubled.set(Math.floor(key / 2), target)
    }
    this.#step *= 2
    this.#buckets = doubled
  }

  #verbIndex(verb: string): number {
    const known = this.#verbs.indexOf(verb)
    if (known >= 0) return known
    if (this.#verbs.length >= MAX_VERBS) return MAX_VERBS - 1
    return this.#verbs.push(this.#verbs.length === MAX_VERBS - 1 ? '(others)' : verb.slice(0, 40)) - 1
  }
}
