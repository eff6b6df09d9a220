import { checkLines, checkWindows } from '../check-lines'
import type { LineMatrix, NetworkSpec } from '../types'

/** A line matrix and what batches are cut from it, step by step: [window lines][windows][...]. */
export class BoundLines {
  private readonly codeOffsets: readonly number[] | null

  constructor(private readonly spec: NetworkSpec, private readonly matrix: LineMatrix) {
    checkLines(spec, matrix)
    const [first] = spec.layers
    let rows = 0
    this.codeOffsets = first?.kind === 'embedding' ? first.sizes.map((size) => {
      rows += size
      return rows - size
    }) : null
    this.matrix = { lines: matrix.lines, features: matrix.features.slice(), labels: matrix.labels.slice() }
  }

  /** @throws AuditweaveError 'window-out-of-range' when a window does not lie inside the lines. */
  check(starts: Int32Array): void {
    checkWindows(this.spec, this.matrix.lines, starts)
  }

  /** Labels in these windows that count in the loss. */
  labelCount(starts: Int32Array): number {
    const { heads, window } = this.spec
    let count = 0
    for (const start of starts) {
      for (let i = start * heads; i < (start + window) * heads; i++) if ((this.matrix.labels[i] ?? -1) >= 0) count++
    }
    return count
  }

  /** Features, or rows of the embedding's table. */
  features(starts: Int32Array): Float32Array | Int32Array {
    const { features: width, window } = this.spec
    const { features } = this.matrix
    const offsets = this.codeOffsets
    const result = offsets ? new Int32Array(starts.length * window * width) : new Float32Array(starts.length * window * width)
    let at = 0
    for (let step = 0; step < window; step++) {
      for (const start of starts) {
        const line = (start + step) * width
        result.set(features.subarray(line, line + width), at)
        if (offsets) for (let j = 0; j < width; j++) result[at + j] = (result[at + j] ?? 0) + (offsets[j] ?? 0)
        at += width
      }
    }
    return result
  }

  labels(starts: Int32Array): Int32Array {
    const { heads, window } = this.spec
    const result = new Int32Array(starts.length * window * heads)
    let at = 0
    for (let step = 0; step < window; step++) {
      for (const start of starts) {
        const line = (start + step) * heads
        result.set(this.matrix.labels.subarray(line, line + heads), at)
        at += heads
      }
    }
    return result
  }
}
