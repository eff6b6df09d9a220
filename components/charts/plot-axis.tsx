/** How axes of charts look: recharts takes them as properties. */
export const TICK = { fill: 'var(--color-dim)', fontSize: 12 }

/** A title that runs along an axis of this many pixels is cut where it would be longer. */
export function fitting(text: string, pixels: number): string {
  const most = Math.floor(pixels / 6.4)
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}

export function labelBelow(value: string): object {
  return { value, position: 'insideBottom', offset: -14, fill: 'var(--color-dim)', fontSize: 12 }
}

export function labelBeside(value: string): object {
  return { value, angle: -90, position: 'insideLeft', offset: 4, style: { textAnchor: 'middle' }, fill: 'var(--color-dim)', fontSize: 12 }
}

/** Stands where a chart will be. */
export function NoFigure({ height }: { height: number }) {
  return <p className="grid place-items-center text-dim" style={{ height }}>No finished run has this figure yet.</p>
}
