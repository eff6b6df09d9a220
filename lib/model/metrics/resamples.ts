import { threefry } from '../random'

/** Tells these numbers from those that training draws with the same seed. */
const PURPOSE = 0x626f6f74

/**
 * Fills `places` with places below `below`, drawn with replacement; the same (seed, round) always draws the same. xoshiro128**
 * (Blackman and Vigna 2021) seeded by Threefry; taking the high part keeps the bias below `below` / 2^32.
 */
export function drawPlaces(seed: number, round: number, below: number, places: Int32Array): Int32Array {
  const next = generator(seed, round)
  const share = below / 2 ** 32
  for (let i = 0; i < places.length; i++) places[i] = next() * share
  return places
}

/** Unsigned 32-bit numbers decided by (seed, round). */
export function generator(seed: number, round: number): () => number {
  let [a, b] = threefry(seed, PURPOSE, round, 0)
  let [c, d] = threefry(seed, PURPOSE, round, 1)
  return () => {
    const five = Math.imul(b, 5)
    const result = Math.imul((five << 7) | (five >>> 25), 9)
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return result >>> 0
  }
}
