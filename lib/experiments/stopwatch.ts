import { readFileSync, writeFileSync } from 'node:fs'
import type { PhaseTiming } from './run-spec'

/** Wall clock by phase, processor time of this process with its worker threads, and the most memory that each phase held. */
export class Stopwatch {
  readonly #began = performance.now()
  readonly #cpu = process.cpuUsage()
  readonly #phases: PhaseTiming[] = []
  #last = { wall: this.#began, cpu: 0 }

  constructor() {
    forgetPeak()
  }

  /** Ends a phase, which began where the one before ended; a name that comes again adds to the same phase. */
  lap(phase: string): void {
    const now = { wall: performance.now(), cpu: this.cpu() }
    const own = { phase, wallSeconds: (now.wall - this.#last.wall) / 1000, cpuSeconds: now.cpu - this.#last.cpu, peakMemoryBytes: peakMemory() }
    const at = this.#phases.findIndex((known) => known.phase === phase)
    const before = this.#phases[at]
    if (before) this.#phases[at] = { phase, wallSeconds: before.wallSeconds + own.wallSeconds, cpuSeconds: before.cpuSeconds + own.cpuSeconds, peakMemoryBytes: Math.max(before.peakMemoryBytes, own.peakMemoryBytes) }
    else this.#phases.push(own)
    this.#last = now
    forgetPeak()
  }

  /** In the order in which they ended. */
  get phases(): readonly PhaseTiming[] {
    return this.#phases
  }

  seconds(name: string): number {
    return this.#phases.find(({ phase }) => phase === name)?.wallSeconds ?? 0
  }

  total(): number {
    return (performance.now() - this.#began) / 1000
  }

  cpu(): number {
    const { user, system } = process.cpuUsage(this.#cpu)
    return (user + system) / 1e6
  }

  /** Of all phases so far and of what followed. */
  peakMemory(): number {
    return Math.max(peakMemory(), ...this.#phases.map(({ peakMemoryBytes }) => peakMemoryBytes))
  }
}

/** Largest resident set since it was last forgotten; where the system does not tell, since the process began. */
function peakMemory(): number {
  try {
    const kilobytes = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
    if (kilobytes) return Number(kilobytes) * 1024
  } catch {
    // No such file: not Linux.
  }
  return process.resourceUsage().maxRSS * 1024
}

/** "5" sets the high-water mark to what is resident now (proc(5)); where that cannot be done, peaks only grow. */
function forgetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5')
  } catch {
    // Not Linux, or not allowed.
  }
}
