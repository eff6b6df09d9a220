const GOLDEN = 0x9e3779b9

/** MurmurHash3's finaliser. */
function mix(value: number): number {
  let h = value
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/**
 * The mask of inverted dropout, [rows / width][windows][width]: 0 or 1 / (1 - rate). It is the one that the WebAssembly kernels
 * make (lib/engine/assembly/elementwise.ts) of the same key, row and window, so that engines can be compared with dropout on.
 */
export function dropoutMask(rows: number, width: number, windows: number, rate: number, key: number): Float32Array {
  const mask = new Float32Array(rows * windows)
  const limit = Math.floor(rate * 2 ** 32)
  const kept = 1 / (1 - rate)
  for (let first = 0; first < rows; first += width) {
    for (let j = 0; j < width; j++) {
      const base = mix(key ^ mix(first + j + 1))
      for (let window = 0, at = first * windows + j; window < windows; window++, at += width) {
        if (mix((base + Math.imul(window, GOLDEN)) | 0) >>> 0 >= limit) mask[at] = kept
      }
    }
  }
  return mask
}
