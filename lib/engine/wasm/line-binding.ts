import { AuditweaveError } from '@/lib/audit/errors'
import { headSizes } from '../spec'
import type { LineMatrix, NetworkSpec } from '../types'
import { growMemory } from './memory'

const wrong = (what: string): AuditweaveError => new AuditweaveError(
  'invalid-lines', `The lines do not fit the network: ${what}. Encode them with the same features and labels as the network's.`,
)

function checkValues(spec: NetworkSpec, features: LineMatrix['features']): void {
  const first = spec.layers[0]
  const sizes = first?.kind === 'embedding' ? first.sizes : null
  for (let at = 0; at < features.length; at++) {
    const value = features[at] ?? Number.NaN
    const size = sizes?.[at % spec.features]
    if (size === undefined ? Number.isFinite(value) : Number.isInteger(value) && value >= 0 && value < size) continue
    const place = `feature ${at % spec.features} of line ${Math.floor(at / spec.features)} is ${value}`
    throw wrong(size === undefined ? place : `${place}, which is no code below ${size}`)
  }
}

function checkLabels(spec: NetworkSpec, labels: Int32Array): void {
  const sizes = headSizes(spec)
  for (let at = 0; at < labels.length; at++) {
    const label = labels[at] ?? Number.NaN
    const size = sizes[at % spec.heads] ?? 0
    if (label >= -1 && label < size) continue
    throw wrong(`label ${label} of line ${Math.floor(at / spec.heads)} is not below ${size}${spec.headSizes ? ` for head ${at % spec.heads}` : ''}`)
  }
}

/** @throws AuditweaveError 'invalid-lines' when sizes, labels or values cannot be used. */
function checkLines(spec: NetworkSpec, { lines, features, labels }: LineMatrix): void {
  if (features.length !== lines * spec.features) throw wrong(`${features.length} feature values for ${lines} lines of ${spec.features}`)
  if (labels.length !== lines * spec.heads) throw wrong(`${labels.length} labels for ${lines} lines of ${spec.heads} heads`)
  checkLabels(spec, labels)
  checkValues(spec, features)
}

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
    const bad = starts.findIndex((start) => start < 0 || start + this.spec.window > this.lines)
    if (bad < 0) return
    throw new AuditweaveError(
      'window-out-of-range',
      `Window ${bad} begins at line ${starts[bad]}, but ${this.spec.window} lines from there are not within the ${this.lines} lines bound.`,
    )
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
