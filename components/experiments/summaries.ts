import type { RunSummary } from '@/lib/experiments/report'
import { PROTOCOLS } from '@/lib/experiments/run-spec'
import type { RunSource } from '@/components/runs/run-line'

/** The finished runs of a launch as a report reads them. */
export function toSummaries(runs: readonly RunSource[]): RunSummary[] {
  return runs.flatMap((run) => {
    const protocol = PROTOCOLS.find((name) => name === run.protocol)
    const { window } = run.axes
    if (!run.metrics || !run.timings || !protocol || typeof window !== 'number') return []
    return [{ id: run.id, spec: { window, protocol, seed: run.seed }, axes: run.axes, metrics: run.metrics, timings: run.timings }]
  })
}
