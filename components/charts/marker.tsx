import type { Marker } from './plot-types'

/** A mark of about 9 pixels about (x, y). */
export function Mark({ kind, x, y, color, size = 4 }: { kind: Marker; x: number; y: number; color: string; size?: number }) {
  switch (kind) {
    case 'none': return null
    case 'dot': return <circle cx={x} cy={y} r={size} fill={color} />
    case 'hollow': return <circle cx={x} cy={y} r={size} fill="var(--color-bg)" stroke={color} strokeWidth={1.5} />
    case 'square': return <rect x={x - size * 0.9} y={y - size * 0.9} width={size * 1.8} height={size * 1.8} fill={color} />
    case 'diamond': return <path d={`M${x} ${y - size * 1.3}L${x + size * 1.3} ${y}L${x} ${y + size * 1.3}L${x - size * 1.3} ${y}Z`} fill={color} />
    case 'triangle': return <path d={`M${x} ${y - size * 1.2}L${x + size * 1.2} ${y + size}L${x - size * 1.2} ${y + size}Z`} fill={color} />
  }
}
