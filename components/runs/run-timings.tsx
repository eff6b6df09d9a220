import type { RunEnvironment, RunTimings } from '@/lib/experiments/run-spec'
import { formatDuration } from '@/components/format/duration'
import { formatBytes, formatFigure } from '@/components/format/number'
import { Facts, Section } from '@/components/ui/page'
import { PhasesChart } from './phases-chart'
import { phaseColor, phasesOf, phaseText, type Phase } from './phases'

/** Where the time and the memory went: phases as a chart and a table, the run as figures. `lines` turns them into what one line costs. */
export function RunTimingsPanel({ timings, lines, environment = null }: { timings: RunTimings; lines: number | null; environment?: RunEnvironment | null }) {
  const phases = phasesOf(timings).filter((phase) => phase.wallSeconds > 0 || (phase.cpuSeconds ?? 0) > 0)
  const perLine = (seconds: number): string => (lines ? `${formatDuration((seconds / lines) * 1000)} for 1,000 lines` : 'its lines are not known')
  return (
    <Section title="Time and memory">
      <div className="mb-4">
        <Facts items={[
          { label: 'Whole run', value: formatDuration(timings.totalSeconds), note: perLine(timings.totalSeconds) },
          { label: 'Processor time', value: formatDuration(timings.cpuSeconds), note: `${(timings.cpuSeconds / Math.max(1e-9, timings.totalSeconds)).toFixed(1)} cores at work in the mean` },
          { label: 'Training', value: formatDuration(timings.trainSeconds), note: timings.trainSeconds > 0 ? perLine(timings.trainSeconds) : 'it trains nothing' },
          { label: 'Inference per line', value: timings.inferMillisPerLine > 0 ? `${timings.inferMillisPerLine.toFixed(3)} ms` : '–', note: 'model, decoding and vote' },
          { label: 'Peak memory', value: formatBytes(timings.peakMemoryBytes), note: 'largest resident set' },
          ...(environment ? [{ label: 'Load at the start', value: formatFigure(environment.loadAverage), note: `${environment.cores} cores, ${environment.engine === 'none' ? 'no engine' : environment.engine}, ${environment.threads} threads` }] : []),
        ]} />
      </div>
      {phases.length > 0 ? (
        <div className="grid items-start gap-4 lg:grid-cols-[1fr_1.2fr]">
          <PhasesChart phases={phases} />
          <PhasesTable phases={phases} lines={lines} />
        </div>
      ) : null}
    </Section>
  )
}

const HEADS = ['Phase', 'Wall clock', 'Processor', 'Cores', 'Peak memory', 'For 1,000 lines'] as const

function PhasesTable({ phases, lines }: { phases: readonly Phase[]; lines: number | null }) {
  return (
    <div className="overflow-x-auto rounded-md border border-line" tabIndex={0} role="region" aria-label="Time and memory by phase">
      <table className="w-full text-right">
        <thead className="bg-panel text-12 text-dim"><tr>{HEADS.map((head, index) => <th key={head} scope="col" className={`px-2.5 py-1.5 font-medium whitespace-nowrap ${index === 0 ? 'text-left' : ''}`}>{head}</th>)}</tr></thead>
        <tbody>
          {phases.map(({ phase, wallSeconds, cpuSeconds, peakMemoryBytes }) => (
            <tr key={phase} className="border-t border-line whitespace-nowrap">
              <th scope="row" className="px-2.5 py-1.5 text-left font-normal"><span aria-hidden className="mr-2 inline-block size-2 rounded-[2px]" style={{ background: phaseColor(phase) }} />{phaseText(phase)}</th>
              <td className="px-2.5 py-1.5">{formatDuration(wallSeconds)}</td>
              <td className="px-2.5 py-1.5">{cpuSeconds === null ? '–' : formatDuration(cpuSeconds)}</td>
              <td className="px-2.5 py-1.5">{cpuSeconds === null || wallSeconds <= 0 ? '–' : (cpuSeconds / wallSeconds).toFixed(1)}</td>
              <td className="px-2.5 py-1.5">{peakMemoryBytes === null ? '–' : formatBytes(peakMemoryBytes)}</td>
              <td className="px-2.5 py-1.5">{lines ? formatDuration((wallSeconds / lines) * 1000) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
