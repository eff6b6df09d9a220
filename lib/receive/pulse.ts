/** A time in which nothing came although the rate before let expect something. */
export interface Gap { readonly from: number; readonly to: number }

export interface PulseReport {
  readonly batches: number
  readonly events: number
  readonly duplicates: number
  readonly conflicting: number
  readonly refused: number
  /** Seconds from an event's stage to its being kept: of the last batch, and the most in the last minutes. Null before the first. */
  readonly lagSeconds: number | null
  readonly worstLagSeconds: number | null
  /** Milliseconds since the Unix epoch. */
  readonly lastAt: number | null
  /** The newest last. */
  readonly gaps: readonly Gap[]
  /** Events a second over the last minute. */
  readonly rate: number
}

export interface Batch { readonly stored: number; readonly duplicates: number; readonly conflicting: number; readonly newestStageMicros: number | null; readonly oldestStageMicros: number | null }

/** kube-apiserver sends at least every 30 s while anything happens, and a control plane renews leases every few seconds. */
const SHORTEST_GAP_MS = 60_000
/** How many times the usual distance between batches counts as silence. */
const SILENCE = 10
const KEPT_GAPS = 100
const MINUTE_MS = 60_000
const LAG_WINDOW_MS = 5 * MINUTE_MS

/** Counts what comes in, and notices when it lags or falls silent. Times are handed in, in milliseconds, so that it can be tested. */
export class Pulse {
  #counts = { batches: 0, events: 0, duplicates: 0, conflicting: 0, refused: 0 }
  #lastAt: number | null = null
  /** Mean distance between batches, the newer weighing more. */
  #distance: number | null = null
  #lag: number | null = null
  #lags: { at: number; seconds: number }[] = []
  #recent: { at: number; events: number }[] = []
  readonly #gaps: Gap[] = []

  batch(batch: Batch, now: number): void {
    this.#counts.batches++
    this.#counts.events += batch.stored
    this.#counts.duplicates += batch.duplicates
    this.#counts.conflicting += batch.conflicting
    this.#notice(now)
    if (batch.newestStageMicros !== null) this.#lag = Math.max(0, now - batch.newestStageMicros / 1000) / 1000
    if (batch.oldestStageMicros !== null) this.#lags.push({ at: now, seconds: Math.max(0, now - batch.oldestStageMicros / 1000) / 1000 })
    this.#recent.push({ at: now, events: batch.stored })
    this.#forget(now)
  }

  refuse(): void {
    this.#counts.refused++
  }

  report(now: number): PulseReport {
    this.#forget(now)
    const silent = this.#lastAt !== null && now - this.#lastAt >= this.#patience() ? [{ from: this.#lastAt, to: now }] : []
    const worst = this.#lags.reduce((most, { seconds }) => Math.max(most, seconds), 0)
    const events = this.#recent.reduce((sum, one) => sum + one.events, 0)
    return { ...this.#counts, lagSeconds: this.#lag, worstLagSeconds: this.#lags.length > 0 ? worst : this.#lag, lastAt: this.#lastAt, gaps: [...this.#gaps, ...silent], rate: events / (MINUTE_MS / 1000) }
  }

  #notice(now: number): void {
    if (this.#lastAt !== null) {
      const distance = now - this.#lastAt
      if (distance >= this.#patience()) {
        this.#gaps.push({ from: this.#lastAt, to: now })
        if (this.#gaps.length > KEPT_GAPS) this.#gaps.shift()
      } else this.#distance = this.#distance === null ? distance : 0.9 * this.#distance + 0.1 * distance
    }
    this.#lastAt = now
  }

  #patience(): number {
    return Math.max(SHORTEST_GAP_MS, SILENCE * (this.#distance ?? 0))
  }

  #forget(now: number): void {
    this.#lags = this.#lags.filter(({ at }) => now - at <= LAG_WINDOW_MS)
    this.#recent = this.#recent.filter(({ at }) => now - at <= MINUTE_MS)
  }
}
