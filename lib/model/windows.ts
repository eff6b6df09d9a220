import { AuditweaveError } from '@/lib/audit/errors'

/** A half-open range of lines: from <= line < to. */
export interface LineRange { readonly from: number; readonly to: number }

/**
 * First lines of the windows of W lines that lie wholly within `range`, every `stride` lines.
 * With `flush` the last window ends at the range's last line, so that every line is in a window.
 * A range shorter than W holds no window.
 */
export function windowStartsIn(range: LineRange, W: number, stride: number, options: { flush?: boolean } = {}): Int32Array {
  if (!Number.isInteger(W) || W < 1) throw new AuditweaveError('bad-window', `Window size must be a whole number of lines above 0, not ${W}.`)
  if (!Number.isInteger(stride) || stride < 1) throw new AuditweaveError('bad-stride', `Stride must be a whole number of lines above 0, not ${stride}.`)
  const last = range.to - W
  if (last < range.from) return new Int32Array(0)
  const count = Math.floor((last - range.from) / stride) + 1
  const starts = Array.from({ length: count }, (_, i) => range.from + i * stride)
  if (options.flush && starts[count - 1] !== last) starts.push(last)
  return Int32Array.from(starts)
}

/** Windows over a whole log of `lines` lines, for training: N - W + 1 of them at stride 1, as published. */
export function windowStarts(lines: number, W: number, stride: number): Int32Array {
  return windowStartsIn({ from: 0, to: lines }, W, stride)
}

/** Windows over a whole log for inference: the last one flush with the end, so that boundary lines are covered. */
export function coveringStarts(lines: number, W: number, stride: number): Int32Array {
  if (stride > W) throw new AuditweaveError('bad-stride', `At inference a stride of ${stride} would skip lines between windows of ${W}: take ${W} or less.`)
  return windowStartsIn({ from: 0, to: lines }, W, stride, { flush: true })
}

/** Marks (1) every line that stands in at least one of the windows. */
export function coveredLines(starts: Int32Array, W: number, lines: number): Uint8Array {
  const covered = new Uint8Array(lines)
  for (const start of starts) covered.fill(1, start, Math.min(lines, start + W))
  return covered
}
