import { useId } from 'react'
import { formatFigure } from '@/components/format/number'
import { RAMP_STOPS } from './ramp'

const WIDTH = 160
const HEIGHT = 8

/** What the colours of a ramp stand for: a bar with its ends and its middle in figures. `x`, `y` is its left upper corner, its title to the left of it. */
export function RampLegend({ x, y, title, domain: [low, high] }: { x: number; y: number; title: string; domain: readonly [number, number] }) {
  const id = useId()
  return (
    <g>
      <defs><linearGradient id={id}>{RAMP_STOPS.map(({ offset, color }) => <stop key={offset} offset={offset} stopColor={color} />)}</linearGradient></defs>
      <text x={x - 8} y={y + HEIGHT / 2} textAnchor="end" dominantBaseline="central" fontSize={12} fill="var(--color-dim)">{title}</text>
      <rect x={x} y={y} width={WIDTH} height={HEIGHT} fill={`url(#${id})`} />
      {[low, (low + high) / 2, high].map((value, index) => <text key={index} x={x + (index * WIDTH) / 2} y={y + HEIGHT + 13} textAnchor={index === 0 ? 'start' : index === 1 ? 'middle' : 'end'} fontSize={12} fill="var(--color-dim)">{formatFigure(value)}</text>)}
    </g>
  )
}

/** Ends of the ramp: the scale's own where it has them and the figures use much of them, else those of the figures. */
export function rampDomain(values: readonly number[], domain: readonly [number, number] | null): readonly [number, number] {
  const finite = values.filter((value) => Number.isFinite(value))
  if (finite.length === 0) return domain ?? [0, 1]
  const [low, high] = [Math.min(...finite), Math.max(...finite)]
  if (domain && high - low > 0.5 * (domain[1] - domain[0])) return domain
  return high > low ? [low, high] : [low - 0.5, high + 0.5]
}

/** Where a value stands between the ends, 0 to 1. */
export function shareOf(value: number, [low, high]: readonly [number, number]): number {
  return high > low ? (value - low) / (high - low) : 0.5
}
