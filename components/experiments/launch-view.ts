import type { LaunchOptions } from '@/lib/experiments/launch-options'
import type { RunCounts } from '@/components/live/live-types'
import type { RunState } from '@/components/runs/run-line'

/** One launch of an experiment as pages read it; the store's rows fit it. */
export interface LaunchView {
  readonly id: string
  readonly name: string
  readonly scale: string
  readonly datasetId: string
  readonly datasetName: string
  readonly state: RunState
  readonly batch: string | null
  readonly options: LaunchOptions
  readonly createdAt: string
  readonly finishedAt: string | null
  readonly runs: RunCounts & { readonly total: number; readonly endedEarly: number }
}
