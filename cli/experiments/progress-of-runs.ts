import { AuditweaveError } from '@/lib/audit/errors'
import { expectedRuns, isGrowthFinished } from '@/lib/experiments/growth/growth'
import { secondsLeft, type TimedRun } from '@/lib/experiments/time-left'
import { experimentSpecSchema, SCALES, type ExperimentSpec, type ScalePlan } from '@/lib/experiments/spec/experiment-spec'
import type { Experiment } from '@/lib/store/experiments'
import type { RunStandingRow } from '@/lib/store/run-standings'
import { listRuns } from '@/lib/store/runs'

/** A launch as a command follows it. */
export interface Followed {
  readonly launch: Experiment
  /** As it is carried out. */
  readonly spec: ExperimentSpec
  readonly plan: ScalePlan
  /** Runs it will have, as far as that can be told. */
  readonly total: number
}

/** @throws AuditweaveError 'bad-experiment' for one that another version stored */
export function follow(launch: Experiment): Followed {
  const scale = SCALES.find((one) => one === launch.scale)
  const parsed = experimentSpecSchema.safeParse(launch.spec)
  if (!scale || !parsed.success) throw new AuditweaveError('bad-experiment', `Launch ${launch.id} was made by another version and cannot be carried on. Launch ${launch.name} anew.`)
  const plan = parsed.data.scales[scale]
  const begun = launch.options.begun ?? launch.runs.total
  return { launch, spec: parsed.data, plan, total: plan.growth ? Math.max(launch.runs.total, expectedRuns(plan.growth, begun)) : launch.runs.total }
}

const isOver = ({ state }: RunStandingRow): boolean => state !== 'queued' && state !== 'running'

/** Whether all runs of a launch have ended and none will follow; what was stopped follows only when it is resumed. */
export async function isWhole({ launch, plan }: Followed, runs: readonly RunStandingRow[]): Promise<boolean> {
  if (!runs.every(isOver)) return false
  if (!plan.growth || runs.some(({ state }) => state === 'stopped')) return true
  const { rows } = await listRuns({ experimentId: launch.id, sort: 'number' })
  return rows.every((run) => run.state !== 'queued' && run.state !== 'running') && isGrowthFinished(plan.growth, rows)
}

/** Seconds until the last run of these launches ends, runs of growing ones that are not there yet left out. */
export function timeLeft(followed: readonly Followed[], runs: readonly RunStandingRow[], workers: number): number | null {
  const byId = new Map(followed.map((one) => [one.launch.id, one]))
  // Its minutes were measured with two runs at a time.
  const expected = (id: string): number => { const one = byId.get(id); return one ? (one.plan.expectedMinutes * 60 * 2) / Math.max(1, one.total) : Number.NaN }
  const timed = runs.map((run): TimedRun => ({ experiment: run.experimentId, preset: run.preset, window: run.window, state: run.state, seconds: run.seconds, spent: run.spent }))
  return secondsLeft(timed, workers, expected)
}
