/** Where threads wait for one another; called by each of them the same number of times. */
export type Barrier = () => void

/** One thread waits for no one. */
export const noBarrier: Barrier = () => undefined

/** The next shard of part `part` of a walk that no thread has taken; at or above their number when all are. */
export type Claim = (part: number) => number

/** Counters in memory, one a part, which the main thread sets to 0 before each command. */
export function sharedClaim(memory: WebAssembly.Memory, address: number, parts: number): Claim {
  let counters = new Int32Array(memory.buffer, address, parts)
  return (part) => {
    // Unshared memory that has grown has a new buffer.
    if (counters.length === 0) counters = new Int32Array(memory.buffer, address, parts)
    return Atomics.add(counters, part, 1)
  }
}

const SPINS = 2_000

/**
 * A barrier over two words of shared memory (arrivals, generation). Spins shortly, as threads arrive
 * within microseconds of one another, then sleeps, so that a busy machine loses no core to it.
 */
export function sharedBarrier(memory: WebAssembly.Memory, address: number, threads: number): Barrier {
  if (threads === 1) return noBarrier
  const words = new Int32Array(memory.buffer, address, 2)
  return () => {
    const generation = Atomics.load(words, 1)
    if (Atomics.add(words, 0, 1) === threads - 1) {
      Atomics.store(words, 0, 0)
      Atomics.add(words, 1, 1)
      Atomics.notify(words, 1)
      return
    }
    for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(words, 1) !== generation) return
    while (Atomics.load(words, 1) === generation) Atomics.wait(words, 1, generation)
  }
}
