'use client'
import { formatDuration } from '@/components/format/duration'
import { visibleText } from '@/components/format/visible'
import { verbName } from '@/components/charts/palette'
import { VerbMark } from '@/components/charts/verbs-plot'
import { Figure } from '@/components/charts/figure'
import { useWidth } from '@/components/charts/use-width'
import { lineText } from './describe-line'
import type { LogLine } from './protocol'
import { RoleMark, RoleShape } from './role-mark'
import { lanesOf, timePlace, timeTicks, type Lane } from './timeline-layout'

const FIRST_WIDTH = 720
const MOST_NAME = 19
const LEFT = 168
const RIGHT = 16
const LANE = 22
const TOP = 14
const LANES = 14

/** A context's events over time, one lane an actor. Each mark opens its event. */
export function ContextTimeline({ lines, event, onEvent }: { lines: readonly LogLine[]; event: string | null; onEvent: (auditID: string) => void }) {
  const [box, width] = useWidth<SVGSVGElement>(FIRST_WIDTH)
  const begin = Math.min(...lines.flatMap((line) => (line.micros === null ? [] : [line.micros])))
  const after = (line: LogLine): number => ((line.micros ?? begin) - begin) / 1000
  const last = Math.max(...lines.map(after))
  const lanes = lanesOf(lines, LANES)
  const x = (ms: number): number => LEFT + 8 + timePlace(ms, last) * (width - LEFT - RIGHT - 16)
  const height = TOP + lanes.length * LANE + 22
  const data = { header: ['ms after the trigger', 'actor', 'verb', 'kind', 'object', 'role', 'status'], rows: lanes.flatMap((lane) => lane.lines.map((line) => [after(line), lane.actor, line.verb, line.kind, line.object, line.role, line.code])) }
  return (
    <Figure id="timeline" title="Timeline" note="time since the trigger, log scale" data={data}>
      <svg ref={box} height={height} className="block w-full" role="group" aria-label={`${lines.length} events of ${lanes.length} actors within ${formatDuration(last / 1000)}`}>
        {timeTicks(last).map((tick) => (
          <g key={tick}>
            <path d={`M${x(tick)} ${TOP - 4}V${height - 20}`} stroke="var(--color-line)" strokeDasharray="2 4" />
            <text x={x(tick)} y={height - 6} textAnchor="middle" fontSize={12} fill="var(--color-dim)">{tick === 0 ? '0' : formatDuration(tick / 1000)}</text>
          </g>
        ))}
        {lanes.map((lane, index) => <LaneRow key={lane.actor} lane={lane} y={TOP + index * LANE + LANE / 2} end={width - RIGHT} first={index === 0} place={(line) => x(after(line))} event={event} onEvent={onEvent} />)}
      </svg>
      <Legend lines={lines} />
    </Figure>
  )
}

interface LaneProps { lane: Lane; y: number; end: number; first: boolean; place: (line: LogLine) => number; event: string | null; onEvent: (auditID: string) => void }

function LaneRow({ lane, y, end, first, place, event, onEvent }: LaneProps) {
  const name = visibleText(lane.actor, 200)
  return (
    <g>
      <path d={`M${LEFT} ${y}H${end}`} stroke="var(--color-line)" />
      <text x={8} y={y} dominantBaseline="central" fontSize={12} fontWeight={first ? 600 : 400} fill={first ? 'var(--color-ink)' : 'var(--color-dim)'}><title>{name}</title>{name.length > MOST_NAME ? `${name.slice(0, MOST_NAME - 1)}…` : name}</text>
      {lane.lines.map((line) => (
        <g key={line.auditID} role="button" tabIndex={-1} aria-label={visibleText(lineText(line), 200)} className="cursor-pointer" onClick={() => onEvent(line.auditID)} onKeyDown={(press) => press.key === 'Enter' && onEvent(line.auditID)}>
          <title>{visibleText(lineText(line), 200)}</title>
          {line.auditID === event ? <circle cx={place(line)} cy={y} r={8} fill="none" stroke="var(--color-accent)" strokeWidth={2} /> : null}
          <RoleShape role={line.role} verb={line.verb} x={place(line)} y={y} />
        </g>
      ))}
    </g>
  )
}

function Legend({ lines }: { lines: readonly LogLine[] }) {
  const verbs = [...new Set(lines.map((line) => verbName(line.verb)))]
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 px-2 text-12 text-dim">
      <RoleMark role="trigger" verb={lines.find((line) => line.role === 'trigger')?.verb ?? null} /><RoleMark role="consequence" verb={null} />
      {verbs.map((verb) => <span key={verb} className="inline-flex items-center gap-1.5"><VerbMark verb={verb} />{verb}</span>)}
    </p>
  )
}
