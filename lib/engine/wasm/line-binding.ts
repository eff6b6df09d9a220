import { AuditweaveError } from '@/lib/audit/errors'
import type { LineMatrix, NetworkSpec } from '../types'
import { growMemory } from './memory'

const wrong = (what: string): AuditweaveError => new AuditweaveError(
  'invalid-lines', `The lines do not fit the network: ${what}. Encode them with the same features and labels as the network's.`,
)

/** @throws AuditweaveError 'invalid-lines' when sizes, labels or values cannot be used. */
function checkLines(spec: NetworkSpec, { lines, features, labels }: LineMatrix): void {
  if (features.length !== lines * spec.features) throw wrong(`${features.length} feature values for ${lines} lines of ${spec.features}`)
  if (labels.length !== lines * spec.heads) throw wrong(`${labels.length} labels for ${lines} lines of ${spec.heads} heads`)
  const label = labels.findIndex((value) => value < -1 || value >= spec.classes)
  if (label >= 0) throw wrong(`label ${labels[label]} of line ${Math.floor(label / spec.heads)} is not below ${spec.classes}`)
  const value = features.findIndex((number) => !Number.isFinite(number))
  if (value >= 0) throw wrong(`feature ${value % spec.features} of line ${Math.floor(value / spec.features)} is ${features[value]}`)
}

/** A line matrix in the engine's memory. */
export class LineBinding {
  readonly features: number
  readonly labels: number
  private readonly lines: number
  /** Labels before each line that are not masked out. */
  private readonly labelled: Float64Array

  /** Copies the lines to the end of the memory, from `address` on. */
  constructor(private readonly spec: NetworkSpec, matrix: LineMatrix, memory: WebAssembly.Memory, address: number) {
    checkLines(spec, matrix)
    this.lines = matrix.lines
    this.features = address
    this.labels = address + matrix.features.byteLength
    growMemory(memory, this.labels + matrix.labels.byteLength)
    new Float32Array(memory.buffer, this.features, matrix.features.length).set(matrix.features)
    new Int32Array(memory.buffer, this.labels, matrix.labels.length).set(matrix.labels)
    this.labelled = new Float64Array(matrix.lines + 1)
    for (let line = 0; line < matrix.lines; line++) {
      const own = matrix.labels.subarray(line * spec.heads, (line + 1) * spec.heads).reduce((sum, label) => sum + (label < 0 ? 0 : 1), 0)
      this.labelled[line + 1] = (this.labelled[line] ?? 0) + own
    }
  }

  /** @throws AuditweaveError 'window-out-of-range' when a window does not lie inside the lines. */
  check(starts: Int32Array): void {
    const bad = starts.findIndex((start) => start < 0 || start + this.spec.window > this.lines)
    if (bad < 0) return
    throw new AuditweaveError(
      'window-out-of-range',
      `Window ${bad} begins at line ${starts[bad]}, but ${this.spec.window} lines from there are not within the ${this.lines} lines bound.`,
    )
  }

  /** Labels in these windows that count in the loss. */
  labelCount(starts: Int32Array): number {
    return starts.reduce((sum, start) => sum + (this.labelled[start + this.spec.window] ?? 0) - (this.labelled[start] ?? 0), 0)
  }
}
