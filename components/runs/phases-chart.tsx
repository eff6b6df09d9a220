'use client'
import { Figure } from '@/components/charts/figure'
import { axisOf } from '@/components/charts/ticks'
import { useWidth } from '@/components/charts/use-width'
import { formatDuration } from '@/components/format/duration'
import { formatFigure } from '@/components/format/number'
import { phaseColor, phaseText, type Phase } from './phases'

const LEFT = 132
const RIGHT = 76
const ROW = 34
const BAR = 11
const TOP = 8
const BOTTOM = 44

/** Wall clock and, below it, processor time of each phase, on one axis. */
export function PhasesChart({ phases }: { phases: readonly Phase[] }) {
  const [ref, width] = useWidth<HTMLDivElement>(560)
  const { domain, ticks } = axisOf([0, ...phases.flatMap((phase) => [phase.wallSeconds, phase.cpuSeconds ?? 0])], false)
  const x = (seconds: number): number => LEFT + ((width - LEFT - RIGHT) * seconds) / (domain[1] || 1)
  const bottom = TOP + phases.length * ROW
  const said = phases.map(({ phase, wallSeconds, cpuSeconds }) => `${phaseText(phase)} ${formatDuration(wallSeconds)}${cpuSeconds === null ? '' : `, ${formatDuration(cpuSeconds)} of processor time`}`).join('; ')
  const data = { header: ['phase', 'wall clock (s)', 'processor time (s)', 'peak memory (bytes)'], rows: phases.map(({ phase, wallSeconds, cpuSeconds, peakMemoryBytes }) => [phase, wallSeconds, cpuSeconds, peakMemoryBytes]) }
  return (
    <Figure id="phases" title="Time by phase" note="filled: wall clock; outlined: processor time of all threads" data={data}>
      <div ref={ref}>
        <svg role="img" aria-label={`Time by phase: ${said}.`} width={width} height={bottom + BOTTOM} className="block" fontSize={12}>
          {ticks.map((tick) => <g key={tick}><path d={`M${x(tick)} ${TOP}V${bottom}`} stroke="var(--color-line)" /><text x={x(tick)} y={bottom + 16} textAnchor="middle" fill="var(--color-dim)">{formatFigure(tick)}</text></g>)}
          <text x={(LEFT + width - RIGHT) / 2} y={bottom + 36} textAnchor="middle" fill="var(--color-dim)">time (s)</text>
          {phases.map((phase, index) => <PhaseBars key={phase.phase} phase={phase} y={TOP + index * ROW} x={x} />)}
        </svg>
      </div>
    </Figure>
  )
}

function PhaseBars({ phase: { phase, wallSeconds, cpuSeconds }, y, x }: { phase: Phase; y: number; x: (seconds: number) => number }) {
  const color = phaseColor(phase)
  const bar = (seconds: number): number => Math.max(1, x(seconds) - LEFT)
  return (
    <g>
      <title>{`${phaseText(phase)}: ${wallSeconds} s wall clock${cpuSeconds === null ? '' : `, ${cpuSeconds} s of processor time`}`}</title>
      <text x={LEFT - 8} y={y + ROW / 2} textAnchor="end" dominantBaseline="central" fill="var(--color-ink)">{phaseText(phase)}</text>
      <rect x={LEFT} y={y + 4} width={bar(wallSeconds)} height={BAR} fill={color} />
      {cpuSeconds === null ? null : <rect x={LEFT} y={y + 4 + BAR + 2} width={bar(cpuSeconds)} height={BAR} fill="var(--color-bg)" stroke={color} />}
      <text x={x(Math.max(wallSeconds, cpuSeconds ?? 0)) + 6} y={y + ROW / 2} dominantBaseline="central" fill="var(--color-ink)">{formatDuration(wallSeconds)}</text>
    </g>
  )
}
