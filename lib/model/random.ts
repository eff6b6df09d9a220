/**
 * Counter-based random numbers: Threefry-2x32 with 20 rounds (Salmon et al., "Parallel random numbers: as easy as
 * 1, 2, 3", SC 2011). A number depends on (seed, purpose, counters) alone, so a resumed run draws what it would have drawn.
 */
export const STREAMS = { split: 1, shuffle: 2, dropout: 3, folds: 4, chunks: 5, rules: 6, trials: 7 } as const
export type Stream = keyof typeof STREAMS

const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const
const PARITY = 0x1bd11bda

/** One Threefry block: key and counter are two 32-bit words each, so is the result (unsigned). */
export function threefry(key0: number, key1: number, counter0: number, counter1: number): [number, number] {
  const keys = [key0 | 0, key1 | 0, PARITY ^ key0 ^ key1]
  let x = (counter0 + key0) | 0
  let y = (counter1 + key1) | 0
  for (let round = 0; round < 20; round++) {
    const turn = ROTATIONS[round % 8] as number
    x = (x + y) | 0
    y = ((y << turn) | (y >>> (32 - turn))) ^ x
    if (round % 4 === 3) {
      const injection = (round + 1) / 4
      x = (x + (keys[injection % 3] as number)) | 0
      y = (y + (keys[(injection + 1) % 3] as number) + injection) | 0
    }
  }
  return [x >>> 0, y >>> 0]
}

/** A 32-bit number for one (seed, purpose, i, j). */
export function randomWord(seed: number, stream: Stream, i: number, j: number): number {
  return threefry(seed, STREAMS[stream], i, j)[0]
}

/** A new order of `values`, decided by (seed, purpose, round): Fisher-Yates, 53 random bits a draw. */
export function shuffled(values: Int32Array, seed: number, stream: Stream, round: number): Int32Array {
  const result = values.slice()
  for (let last = result.length - 1; last > 0; last--) {
    const [high, low] = threefry(seed, STREAMS[stream], round, last)
    const unit = (high * 2 ** 21 + (low >>> 11)) / 2 ** 53
    const pick = Math.floor(unit * (last + 1))
    const kept = result[last] as number
    result[last] = result[pick] as number
    result[pick] = kept
  }
  return result
}
