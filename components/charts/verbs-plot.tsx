'use client'
import { Bar, BarChart, CartesianGrid, Tooltip, useActiveTooltipLabel, XAxis, YAxis } from 'recharts'
import { formatDuration } from '@/components/format/duration'
import { formatClock } from '@/components/format/instant'
import { formatCount } from '@/components/format/number'
import { verbColor, verbName } from './palette'

interface OverTime { readonly fromMicros: number; readonly stepMicros: number; readonly verbs: readonly string[]; readonly counts: readonly (readonly number[])[] }

const TICK = { fill: 'var(--color-dim)', fontSize: 12 }

const clock = (micros: number): string => formatClock(micros).slice(0, 8)

/** Events over time, stacked by verb. */
export function VerbsPlot({ overTime, description }: { overTime: OverTime; description: string }) {
  const rows = overTime.counts.map((counts, index) => ({ at: overTime.fromMicros + index * overTime.stepMicros, ...Object.fromEntries(overTime.verbs.map((verb, v) => [`v${v}`, counts[v] ?? 0])) }))
  return (
    <div role="group" aria-label={description} className="h-64">
      <BarChart responsive style={{ width: '100%', height: '100%' }} data={rows} barCategoryGap={1} margin={{ top: 8, right: 12, bottom: 24, left: 12 }} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--color-line)" vertical={false} />
        <XAxis dataKey="at" tick={TICK} tickLine={false} axisLine={{ stroke: 'var(--color-strong)' }} tickFormatter={clock} minTickGap={48} label={{ value: 'time received (UTC)', position: 'insideBottom', offset: -14, fill: 'var(--color-dim)', fontSize: 12 }} />
        <YAxis tick={TICK} tickLine={false} axisLine={false} width={64} tickFormatter={formatCount} label={{ value: `events per ${formatDuration(overTime.stepMicros / 1e6)}`, angle: -90, position: 'insideLeft', style: { textAnchor: 'middle' }, fill: 'var(--color-dim)', fontSize: 12 }} />
        <Tooltip isAnimationActive={false} cursor={{ fill: 'var(--color-hover)' }} content={<VerbsTooltip overTime={overTime} />} />
        {overTime.verbs.map((verb, index) => (
          <Bar key={verb} dataKey={`v${index}`} stackId="verbs" fill={verbColor(verb)} {...(verbName(verb) === 'get' ? { stroke: 'var(--color-outline)', strokeWidth: 0.5 } : {})} isAnimationActive={false} />
        ))}
      </BarChart>
    </div>
  )
}

function VerbsTooltip({ overTime }: { overTime: OverTime }) {
  const label = useActiveTooltipLabel()
  const index = Math.round((Number(label) - overTime.fromMicros) / overTime.stepMicros)
  const counts = overTime.counts[index]
  if (!counts) return null
  return (
    <div className="rounded-md border border-line bg-raised px-2.5 py-2 text-12 shadow-md">
      <p className="mb-1 text-dim">{clock(Number(label))} UTC</p>
      {overTime.verbs.map((verb, v) => ((counts[v] ?? 0) > 0 ? <p key={verb} className="flex items-center gap-2"><VerbMark verb={verb} />{verb}<b className="ml-auto pl-4 font-semibold">{formatCount(counts[v] ?? 0)}</b></p> : null))}
    </div>
  )
}

/** A verb's square; always beside the verb's name. */
export function VerbMark({ verb, className = '' }: { verb: string | null | undefined; className?: string }) {
  return <span aria-hidden className={`inline-block size-2 shrink-0 rounded-[2px] ${className}`} style={{ background: verbColor(verb), ...(verbName(verb) === 'get' ? { outline: '1px solid var(--color-outline)', outlineOffset: '-1px' } : {}) }} />
}
