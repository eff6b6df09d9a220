'use client'
import type { Strip, StripsBody } from '@/lib/experiments/report/report-types'
import { MarkLayer, type DrawnMark } from './mark-layer'
import { NoFigure } from './plot-axis'
import { PlotFrame } from './plot-frame'
import { rampColor, rampInk } from './ramp'
import { RampLegend, rampDomain, shareOf } from './ramp-legend'
import { useWidth } from './use-width'
import { axisTitle, formatMean, formatValue } from './value-format'

const TOP = 36
const LEFT = 64
const BOTTOM = 44
const RIGHT = 16
const BAR = 24
const GAP = 8
const TENTHS = [0, 20, 40, 60, 80, 100]

/** One bar for each k, cut into its folds in the order of the log, coloured and lettered by the fold's value (the paper's Figure 8). */
export function StripsPlot({ body, description }: { body: StripsBody; description: string }) {
  const [ref, width] = useWidth<HTMLDivElement>(640)
  const folds = [...new Set(body.strips.map((strip) => strip.k))].sort((a, b) => a - b)
  if (folds.length === 0) return <NoFigure height={240} />
  const bottom = TOP + folds.length * (BAR + GAP)
  const inner = width - LEFT - RIGHT
  const domain = rampDomain(body.strips.map((strip) => strip.mean), body.value.domain)
  const top = (k: number): number => TOP + folds.indexOf(k) * (BAR + GAP)
  return (
    <div ref={ref}>
      <PlotFrame description={description} height={bottom + BOTTOM}>
        <svg width={width} height={bottom + BOTTOM} className="block">
          <RampLegend x={width - RIGHT - 160} y={4} title={axisTitle(body.value)} domain={domain} />
          <g fontSize={12} fill="var(--color-dim)">
            {folds.map((k) => <text key={k} x={LEFT - 10} y={top(k) + BAR / 2} textAnchor="end" dominantBaseline="central">k = {k}</text>)}
            {TENTHS.map((percent) => <text key={percent} x={LEFT + (inner * percent) / 100} y={bottom + 12} textAnchor="middle">{percent}</text>)}
            <text x={LEFT + inner / 2} y={bottom + 32} textAnchor="middle">place of the test fold in the log (% of its lines)</text>
          </g>
          <MarkLayer marks={body.strips.map((strip) => stripMark(body, strip, { left: LEFT + inner * strip.from, width: inner * (strip.to - strip.from), top: top(strip.k) }, domain))} />
        </svg>
      </PlotFrame>
    </div>
  )
}

function stripMark(body: StripsBody, strip: Strip, at: { readonly left: number; readonly width: number; readonly top: number }, domain: readonly [number, number]): DrawnMark {
  const [x, y] = [at.left + at.width / 2, at.top + BAR / 2]
  const share = shareOf(strip.mean, domain)
  return {
    key: `${strip.k}/${strip.fold}`, x, y,
    title: `k = ${strip.k}, fold ${strip.fold}: ${percent(strip.from)} to ${percent(strip.to)} of the log`,
    value: formatMean(body.value, strip.mean, strip.deviation),
    notes: [], runs: strip.values,
    format: (value) => formatValue(body.value, value),
    shape: (
      <>
        <rect x={at.left + 0.5} y={at.top} width={Math.max(1, at.width - 1)} height={BAR} fill={rampColor(share)} />
        {at.width < 38 ? null : <text x={x} y={y} textAnchor="middle" dominantBaseline="central" fontSize={12} fill={rampInk(share)}>{Math.abs(strip.mean) <= 1 ? strip.mean.toFixed(3).replace(/^0(?=\.)/, '') : strip.mean.toPrecision(3)}</text>}
      </>
    ),
    hit: <rect x={at.left} y={at.top} width={at.width} height={BAR} fill="transparent" />,
  }
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`
}
