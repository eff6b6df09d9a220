import type { AxisScale } from './axis-scale'
import { lineY, type LineLayout } from './draw-lines'

const NEAR = 6

/** The row whose line passes nearest to a point, within six pixels; null if none does. */
export function nearestLine(rows: Int32Array, scales: readonly AxisScale[], layout: LineLayout, x: number, y: number): number | null {
  const right = layout.xs.findIndex((at) => at >= x)
  const [a, b] = [scales[right - 1], scales[right]]
  if (!a || !b) return null
  const [left, end] = [layout.xs[right - 1] ?? 0, layout.xs[right] ?? 0]
  const share = (x - left) / (end - left)
  let [best, distance] = [null as number | null, NEAR]
  for (const row of rows) {
    const at = lineY(a, row, layout) * (1 - share) + lineY(b, row, layout) * share
    const away = Math.abs(at - y)
    if (away < distance) [best, distance] = [row, away]
  }
  return best
}
