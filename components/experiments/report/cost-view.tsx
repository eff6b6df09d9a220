import type { Report, ReportItem } from '@/lib/experiments/report/report-types'
import type { RunRecord } from '@/lib/experiments/report/run-record'
import { formatDuration } from '@/components/format/duration'
import { formatBytes, formatCount } from '@/components/format/number'
import { Facts, Section } from '@/components/ui/page'
import { ReportItems } from './report-items'

/** What the finished runs of a launch took, all together and against what was swept. */
export function CostView({ report, items, runs }: { report: Report; items: readonly ReportItem[]; runs: readonly RunRecord[] }) {
  const timings = runs.flatMap((run) => run.timings ?? [])
  if (timings.length === 0) return null
  const sum = (read: (one: (typeof timings)[number]) => number): number => timings.reduce((total, one) => total + read(one), 0)
  return (
    <Section title="What it cost">
      <div className="mb-4">
        <Facts items={[
          { label: 'Runs', value: formatCount(timings.length), note: 'finished' },
          { label: 'Wall clock', value: formatDuration(sum((one) => one.totalSeconds)), note: 'of all runs, one after another' },
          { label: 'Processor time', value: formatDuration(sum((one) => one.cpuSeconds)), note: `${(sum((one) => one.cpuSeconds) / Math.max(1e-9, sum((one) => one.totalSeconds))).toFixed(1)} cores at work in the mean` },
          { label: 'Peak memory', value: formatBytes(Math.max(...timings.map((one) => one.peakMemoryBytes))), note: 'of the largest run' },
        ]} />
      </div>
      <ReportItems report={{ ...report, items }} />
    </Section>
  )
}
