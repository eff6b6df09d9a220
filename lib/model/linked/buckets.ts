/** A time between two events as one of some twenty steps, each twice the one before; '-' where there is none. */
export function gapBucket(micros: number | null): string {
  if (micros === null || !Number.isFinite(micros)) return '-'
  return String(Math.min(20, Math.floor(Math.log2(Math.max(0, micros) / 1000 + 1))))
}

/** A count as 0, 1, 2, 3 (to 5), 6 (to 20) or 21 (and more). */
export function countBucket(text: string | null): string | null {
  const count = text === null ? Number.NaN : Number(text)
  if (!Number.isFinite(count)) return null
  if (count <= 2) return String(Math.max(0, Math.floor(count)))
  return count <= 5 ? '3' : count <= 20 ? '6' : '21'
}
