import { threefry } from '@/lib/model/random'

/** Most requests that are held back, and the largest share of a log. */
const MOST = 200
const SHARE = 0.05

/**
 * A random sample of a log's requests that the queue never offers: labelled apart, it tells how good a model is that learnt from the queue. Decided by
 * the auditIDs and the seed alone, so that it stays the same while others are labelled and whatever the order of the log. Indices, in log order.
 */
export function heldBack(auditIDs: readonly string[], seed = 0, size = Math.min(MOST, Math.floor(auditIDs.length * SHARE))): number[] {
  const ranked = auditIDs.map((auditID, request) => ({ request, rank: rankOf(auditID, seed), auditID }))
  ranked.sort((a, b) => a.rank - b.rank || (a.auditID < b.auditID ? -1 : 1))
  return ranked.slice(0, size).map(({ request }) => request).sort((a, b) => a - b)
}

/** 53 random bits of a text: two FNV-1a hashes as the counter of a Threefry block, since hashes of like texts are alike. */
function rankOf(text: string, seed: number): number {
  const [high, low] = threefry(seed, HELD, fnv1a(text, 0x811c9dc5), fnv1a(text, 0x01000193))
  return high * 2 ** 21 + (low >>> 11)
}

/** A purpose of its own beside the streams of `lib/model/random.ts`. */
const HELD = 0x68656c64

function fnv1a(text: string, basis: number): number {
  let hash = basis
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
