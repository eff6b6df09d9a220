/** What happened in a minute of the cluster's time. */
export interface Minute {
  /** When it began, in seconds since the epoch. */
  readonly at: number
  readonly events: number
  /** Requests of users: contexts begin with them. */
  readonly triggers: number
  /** Answers of 400 and more to users. */
  readonly refused: number
}

const KEPT = 180

/** Counts by minute, for the last three hours in which something happened. */
export class Minutes {
  readonly #counts = new Map<number, { events: number; triggers: number; refused: number }>()

  /** `micros` since the epoch; an event without a time is not counted. */
  add({ micros, external, code }: { readonly micros: number; readonly external: boolean; readonly code: number | null }): void {
    if (!Number.isFinite(micros)) return
    const at = Math.floor(micros / 60e6) * 60
    const count = this.#counts.get(at) ?? { events: 0, triggers: 0, refused: 0 }
    if (!this.#counts.has(at)) this.#forget()
    count.events++
    if (external) count.triggers++
    if (external && code !== null && code >= 400) count.refused++
    this.#counts.set(at, count)
  }

  /** In order of time. */
  report(): Minute[] {
    return [...this.#counts].map(([at, count]) => ({ at, ...count })).sort((a, b) => a.at - b.at)
  }

  #forget(): void {
    if (this.#counts.size < KEPT) return
    this.#counts.delete(Math.min(...this.#counts.keys()))
  }
}
