import type { EpochRow } from '@/lib/experiments/execute-types'
import type { RunView } from '@/components/runs/run-view'
import { seriesLook } from '@/components/charts/palette'
import type { PlotSeries } from '@/components/charts/plot-types'

export interface ComparedRun {
  readonly run: RunView
  readonly epochs: readonly EpochRow[]
  /** The same colour and mark wherever the run is drawn. */
  readonly look: Pick<PlotSeries, 'color' | 'marker' | 'dash'>
  /** Short name: what tells it from the others. */
  readonly name: string
}

export function comparedRuns(runs: readonly RunView[], epochs: Readonly<Record<string, readonly EpochRow[]>>): ComparedRun[] {
  return runs.map((run, index) => ({ run, epochs: epochs[run.id] ?? [], look: seriesLook(index), name: `#${run.number} ${run.protocol}${typeof run.axes.window === 'number' ? ` W=${run.axes.window}` : ''}` }))
}
