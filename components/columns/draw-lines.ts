import type { AxisScale } from './axis-scale'
import type { RowColors } from './ramp'

/** Milliseconds of a frame that drawing takes, so that ten thousand lines never hold up a key or the pointer. */
const FRAME_MS = 7

/** A path of very many lines costs more than its lines. */
const LINES_A_STROKE = 40

export interface LineLayout {
  /** Pixels from the left of each axis. */
  readonly xs: readonly number[]
  readonly top: number
  readonly bottom: number
  /** Where rows without a value run through. */
  readonly gutter: number
}

export function lineY(scale: AxisScale, row: number, { top, bottom, gutter }: LineLayout): number {
  const at = scale.at(row)
  return Number.isNaN(at) ? gutter : bottom - at * (bottom - top)
}

/**
 * Draws one line a row through all axes, colour by colour and some each frame; the result stops it.
 * `alpha` is that of each line, so that what many share stands out.
 */
export function drawLines(context: CanvasRenderingContext2D, rows: Int32Array, scales: readonly AxisScale[], layout: LineLayout, colors: RowColors, alpha: number): () => void {
  const order = byColor(rows, colors)
  let next = 0
  let frame = 0
  const step = (): void => {
    context.globalAlpha = alpha
    context.lineWidth = 1
    const until = performance.now() + FRAME_MS
    let color = -1
    for (; next < order.length; next++) {
      if (next % LINES_A_STROKE === 0 && performance.now() > until) break
      const row = order[next] ?? 0
      const bucket = colors.bucket(row)
      if (bucket !== color || next % LINES_A_STROKE === 0) {
        if (color >= 0) context.stroke()
        context.beginPath()
        context.strokeStyle = colors.colors[bucket] ?? '#888'
        color = bucket
      }
      scales.forEach((scale, axis) => {
        const [x, y] = [layout.xs[axis] ?? 0, lineY(scale, row, layout)]
        if (axis === 0) context.moveTo(x, y)
        else context.lineTo(x, y)
      })
    }
    if (color >= 0) context.stroke()
    if (next < order.length) frame = requestAnimationFrame(step)
  }
  step()
  return () => cancelAnimationFrame(frame)
}

/** Rows of a colour together: a change of colour costs more than a line. */
function byColor(rows: Int32Array, colors: RowColors): Int32Array {
  const buckets = colors.colors.map((): number[] => [])
  for (const row of rows) buckets[colors.bucket(row)]?.push(row)
  return Int32Array.from(buckets.flat())
}

/** Fewer lines may be stronger. */
export function lineAlpha(count: number): number {
  return Math.max(0.06, Math.min(0.85, 40 / Math.sqrt(count * 25)))
}
