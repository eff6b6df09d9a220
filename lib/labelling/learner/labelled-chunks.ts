/** Chunks that one labelled line is seen in: it stands at as many places of them. */
const PLACES = 8

/**
 * First lines of the chunks of W lines that training draws from: each labelled line in some of them, at places spread over the chunk, so that few labels
 * among many lines are all met, and none more often than another. Sorted; a chunk may come more than once, as it holds several.
 */
export function labelledChunks(labelled: Int32Array, lines: number, W: number): Int32Array {
  const last = Math.max(0, lines - W)
  const places = Math.min(PLACES, W)
  const starts = new Int32Array(labelled.length * places)
  labelled.forEach((line, i) => {
    for (let place = 0; place < places; place++) {
      const before = Math.floor(((place + 0.5) * W) / places)
      starts[i * places + place] = Math.min(last, Math.max(0, line - before))
    }
  })
  return starts.sort()
}
