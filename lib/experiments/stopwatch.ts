/** Wall clock by phase and processor time of this process, worker threads included. */
export class Stopwatch {
  readonly #began = performance.now()
  readonly #cpu = process.cpuUsage()
  readonly #laps = new Map<string, number>()
  #last = this.#began

  /** Ends a phase, which began where the one before ended. */
  lap(name: string): void {
    const now = performance.now()
    this.#laps.set(name, (now - this.#last) / 1000)
    this.#last = now
  }

  seconds(name: string): number {
    return this.#laps.get(name) ?? 0
  }

  total(): number {
    return (performance.now() - this.#began) / 1000
  }

  cpu(): number {
    const { user, system } = process.cpuUsage(this.#cpu)
    return (user + system) / 1e6
  }
}
