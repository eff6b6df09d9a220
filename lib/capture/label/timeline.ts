import type { Act } from './acts'

/** Places in time, asked whether something lies between two of them. */
export class Moments {
  readonly #times: number[] = []
  #sorted = true

  add(at: number): void {
    this.#sorted &&= at >= (this.#times.at(-1) ?? -Infinity)
    this.#times.push(at)
  }

  /** Whether one lies from `from` on and before `to`. */
  within(from: number, to: number): boolean {
    if (!this.#sorted) this.#times.sort((a, b) => a - b)
    this.#sorted = true
    const place = firstAtOrAfter(this.#times, from)
    return place < this.#times.length && (this.#times[place] ?? Infinity) < to
  }
}

/** Acts that share a subject (a scene, an object), in order of time. */
export class ActLine {
  readonly #acts: Act[] = []

  add(act: Act): void {
    this.#acts.push(act)
  }

  /** The latest at or before a time (microseconds), null if there is none. */
  latest(at: number): Act | null {
    let [low, high] = [0, this.#acts.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#acts[middle]?.at ?? Infinity) <= at) low = middle + 1
      else high = middle
    }
    return this.#acts[low - 1] ?? null
  }

  /** Those under way from `from` to `until`. */
  around(from: number, until: number): readonly Act[] {
    return this.#acts.filter((act) => act.at <= from && act.until >= until)
  }
}

/** What is kept under a key, made when it is first asked for. */
export function under<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

function firstAtOrAfter(times: readonly number[], at: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? Infinity) < at) low = middle + 1
    else high = middle
  }
  return low
}
