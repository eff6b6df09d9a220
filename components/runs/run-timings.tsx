import type { RunTimings } from '@/lib/experiments/run-spec'
import { formatDuration } from '@/components/format/duration'
import { formatBytes } from '@/components/format/number'
import { Facts, Section } from '@/components/ui/page'

const PHASES = [
  { id: 'loadSeconds', label: 'load', color: 'var(--color-strong)' },
  { id: 'preprocessSeconds', label: 'preprocess', color: '#56b4e9' },
  { id: 'trainSeconds', label: 'train', color: '#009e73' },
  { id: 'inferSeconds', label: 'infer', color: '#e69f00' },
] as const

/** Where the time went, as one bar and as figures. `lines` turns preprocessing into a figure for each line. */
export function RunTimingsPanel({ timings, lines }: { timings: RunTimings; lines: number | null }) {
  const total = PHASES.reduce((sum, phase) => sum + timings[phase.id], 0) || 1
  return (
    <Section title="Time and memory">
      <div className="mb-3">
        <div className="flex h-3 gap-px overflow-hidden rounded-sm" aria-hidden>{PHASES.map((phase) => <div key={phase.id} style={{ width: `${(timings[phase.id] / total) * 100}%`, background: phase.color }} />)}</div>
        <ul className="mt-1.5 flex flex-wrap gap-x-5 gap-y-1 text-12">
          {PHASES.map((phase) => (
            <li key={phase.id} className="flex items-center gap-1.5">
              <span aria-hidden className="size-2 rounded-[2px]" style={{ background: phase.color }} />
              {phase.label} <span className="text-dim">{formatDuration(timings[phase.id])}</span>
            </li>
          ))}
        </ul>
      </div>
      <Facts items={[
        { label: 'Preprocess per line', value: lines ? formatDuration(timings.preprocessSeconds / lines) : formatDuration(timings.preprocessSeconds), note: formatDuration(timings.preprocessSeconds) },
        { label: 'Training', value: formatDuration(timings.trainSeconds), note: 'wall time of all epochs' },
        { label: 'Inference per line', value: `${timings.inferMillisPerLine.toFixed(3)} ms`, note: 'model, decoding and vote' },
        { label: 'Total', value: formatDuration(timings.totalSeconds), note: `${formatDuration(timings.cpuSeconds)} of CPU` },
        { label: 'Peak memory', value: formatBytes(timings.peakMemoryBytes) },
      ]} />
    </Section>
  )
}
