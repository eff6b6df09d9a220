/** MurmurHash3's finaliser on 32 bits. */
function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** One unsigned 32-bit key from several numbers, order mattering; fractions and high bits count. */
export function hashKey(...parts: readonly number[]): number {
  const words = new Uint32Array(new Float64Array(parts).buffer)
  return words.reduce((key, word) => mix((Math.imul(key, 31) + word + 0x9e3779b9) | 0), 0)
}

/** Chris Doty-Humphrey's sfc32: uniform in [0, 1), the same sequence for the same key everywhere. */
export function uniformSource(key: number): () => number {
  let a = mix(key)
  let b = mix(key + 1)
  let c = mix(key + 2)
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4294967296
  }
  for (let i = 0; i < 12; i++) next()
  return next
}

/** Standard normal values by Box and Muller. */
export function normalSource(key: number): () => number {
  const uniform = uniformSource(key)
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
}
