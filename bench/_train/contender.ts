import type { Engine } from '@/lib/engine/types'

export interface Setting {
  readonly engine: Engine
  readonly threads: number
  readonly lines: number
  readonly seed: number
  /** An audit log with its truth beside it. */
  readonly log: string
}

/** Seconds by the clock and of processor time, worker threads included. */
export interface Cost { readonly wall: number; readonly processor: number }

/** What it cost to reach an accuracy; null where it was not reached. */
export interface Reached { readonly cost: Cost | null; readonly accuracy: number; readonly note: string }

/** Counts the cost of what runs between `start` and `stop`. */
export class CostMeter {
  #wall = 0
  #processor = 0
  #at = performance.now()
  #cpu = process.cpuUsage()

  start(): void {
    this.#at = performance.now()
    this.#cpu = process.cpuUsage()
  }

  stop(): Cost {
    const { user, system } = process.cpuUsage(this.#cpu)
    this.#wall += (performance.now() - this.#at) / 1000
    this.#processor += (user + system) / 1e6
    return { wall: this.#wall, processor: this.#processor }
  }
}
