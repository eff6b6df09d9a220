import { checkLines, checkWindows } from '../check-lines'
import type { LineMatrix, NetworkSpec } from '../types'
import { growMemory } from './memory'

/** A line matrix in the engine's memory. */
export class LineBinding {
  readonly features: number
  readonly labels: number
  /** 16-bit codes, not 32-bit values. */
  private readonly coded: boolean
  private readonly lines: number
  /** Labels before each line that are not masked out. */
  private readonly labelled: Float64Array

  /** Copies the lines to the end of the memory, from `address` on. */
  constructor(private readonly spec: NetworkSpec, matrix: LineMatrix, private readonly memory: WebAssembly.Memory, address: number) {
    checkLines(spec, matrix)
    this.lines = matrix.lines
    this.features = address
    this.coded = spec.layers[0]?.kind === 'embedding'
    const bytes = matrix.features.length * (this.coded ? 2 : 4)
    this.labels = address + Math.ceil(bytes / 64) * 64
    growMemory(memory, this.labels + matrix.labels.byteLength)
    const target = this.coded ? Uint16Array : Float32Array
    new target(memory.buffer, this.features, matrix.features.length).set(matrix.features)
    new Int32Array(memory.buffer, this.labels, matrix.labels.length).set(matrix.labels)
    this.labelled = new Float64Array(matrix.lines + 1)
    for (let line = 0; line < matrix.lines; line++) {
      const own = matrix.labels.subarray(line * spec.heads, (line + 1) * spec.heads).reduce((sum, label) => sum + (label < 0 ? 0 : 1), 0)
      this.labelled[line + 1] = (this.labelled[line] ?? 0) + own
    }
  }

  /** @throws AuditweaveError 'window-out-of-range' when a window does not lie inside the lines. */
  check(starts: Int32Array): void {
    checkWindows(this.spec, this.lines, starts)
  }

  /** The values or codes of one line. */
  featuresOf(line: number): Float32Array | Uint16Array {
    const width = this.spec.features
    const size = this.coded ? 2 : 4
    const values = this.coded ? Uint16Array : Float32Array
    return new values(this.memory.buffer, this.features + line * width * size, width)
  }

  /** Labels in these windows that count in the loss. */
  labelCount(starts: Int32Array): number {
    return starts.reduce((sum, start) => sum + (this.labelled[start + this.spec.window] ?? 0) - (this.labelled[start] ?? 0), 0)
  }
}
