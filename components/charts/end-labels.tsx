'use client'
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts'
import { spreadLabels } from './plot-data'

interface Named { readonly key: string; readonly label: string; readonly color: string; readonly points: readonly { readonly x: number; readonly y: number }[] }

const LABEL_GAP = 15

/** Names at the line ends, moved apart where they would overlap, in place of a legend. */
export function EndLabels({ series, width }: { series: readonly Named[]; width: number }) {
  const [xScale, yScale, area] = [useXAxisScale(), useYAxisScale(), usePlotArea()]
  if (!xScale || !yScale || !area) return null
  const ends = series.map((one) => one.points.at(-1)).map((point) => ({ x: Number(xScale(point?.x)), y: Number(yScale(point?.y)) }))
  const ys = spreadLabels(ends.map((end) => end.y), LABEL_GAP, area.y + 4, area.y + area.height)
  const right = area.x + area.width + 10
  const characters = Math.floor((width - 14) / 6.4)
  return (
    <g>
      {series.map((one, index) => {
        const [end, y] = [ends[index], ys[index]]
        if (!end || y === undefined || !Number.isFinite(y)) return null
        return (
          <g key={one.key}>
            <path d={`M${end.x + 5} ${end.y}L${right - 3} ${y}`} stroke={one.color} strokeOpacity={0.6} strokeDasharray="1 3" fill="none" />
            <text x={right} y={y} dominantBaseline="central" fontSize={12} fill="var(--color-ink)">
              <title>{one.label}</title>
              {one.label.length > characters ? `${one.label.slice(0, characters - 1)}…` : one.label}
            </text>
          </g>
        )
      })}
    </g>
  )
}
