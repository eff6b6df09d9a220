'use client'
import type { Importance } from '@/lib/model/explain/importance'
import { formatFigure } from '@/components/format/number'
import { useWidth } from '@/components/charts/use-width'
import { barScale } from './bar-scale'
import { MEASURE_TEXT, type ImportanceMeasure } from './importance-state'

const ROW = 24
const AXIS = 40
const TOP = 8

/** A bar a feature: mean loss, its standard deviation, and each shuffling as a dot. */
export function ImportanceChart({ rows, measure, description }: { rows: readonly Importance[]; measure: ImportanceMeasure; description: string }) {
  const [ref, width] = useWidth<HTMLDivElement>(720)
  const label = Math.min(300, Math.round(width * 0.4))
  const spreads = rows.map((row) => row[measure])
  const scale = barScale(spreads.flatMap(({ mean, deviation, values }) => [mean - deviation, mean + deviation, ...values]), label + 8, width - 72)
  const height = TOP + rows.length * ROW + AXIS
  const bottom = TOP + rows.length * ROW
  return (
    <div ref={ref} className="px-2">
      <svg role="img" aria-label={description} width={width} height={height} viewBox={`0 0 ${width} ${height}`} className="block max-w-full text-ink">
        {scale.ticks.map((tick) => (
          <g key={tick}>
            <line x1={scale.x(tick)} x2={scale.x(tick)} y1={TOP} y2={bottom} stroke="var(--color-line)" />
            <text x={scale.x(tick)} y={bottom + 16} textAnchor="middle" fontSize={12} fill="var(--color-dim)">{formatFigure(tick)}</text>
          </g>
        ))}
        <line x1={scale.x(0)} x2={scale.x(0)} y1={TOP} y2={bottom} stroke="var(--color-strong)" />
        {rows.map((row, index) => <Bar key={row.name} row={row} measure={measure} y={TOP + index * ROW} label={label} x={scale.x} />)}
        <text x={(scale.x(scale.low) + scale.x(scale.high)) / 2} y={bottom + 34} textAnchor="middle" fontSize={12} fill="var(--color-dim)">{MEASURE_TEXT[measure].axis} (mean, standard deviation and each shuffling)</text>
      </svg>
    </div>
  )
}

function Bar({ row, measure, y, label, x }: { row: Importance; measure: ImportanceMeasure; y: number; label: number; x: (value: number) => number }) {
  const { mean, deviation, values } = row[measure]
  const middle = y + ROW / 2
  const [from, to] = [Math.min(x(0), x(mean)), Math.max(x(0), x(mean))]
  const end = Math.max(to, x(mean + deviation), ...values.map(x))
  const letters = Math.floor(label / 6.6)
  const name = row.features > 1 ? `${row.name} (${row.features})` : row.name
  return (
    <g>
      <title>{`${row.name}: ${formatFigure(mean)} ± ${formatFigure(deviation)}`}</title>
      <text x={label} y={middle} dominantBaseline="central" textAnchor="end" fontSize={12} fill="var(--color-ink)">{name.length > letters ? `…${name.slice(name.length - letters + 1)}` : name}</text>
      <rect x={from} y={y + 6} width={Math.max(0.5, to - from)} height={ROW - 12} fill="#56b4e9" fillOpacity={0.7} />
      {deviation > 0 ? <path d={`M${x(mean - deviation)} ${middle}H${x(mean + deviation)}`} stroke="var(--color-ink)" strokeWidth={1.25} /> : null}
      {values.map((value, index) => <circle key={index} cx={x(value)} cy={middle} r={2.5} fill="var(--color-bg)" stroke="var(--color-ink)" strokeWidth={1} />)}
      <text x={end + 7} y={middle} dominantBaseline="central" fontSize={12} fill="var(--color-ink)">{Math.abs(mean) < 5e-5 ? '0' : mean.toFixed(4)}</text>
    </g>
  )
}
