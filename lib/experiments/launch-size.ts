import { AuditweaveError } from '@/lib/audit/errors'
import { narrowPlan, type LaunchChoices } from './expand'
import type { ExperimentSpec, Scale } from './spec/experiment-spec'

/** Rows that a launch may begin with; the runs table stays quick with half as many. */
export const MOST_RUNS = 20_000

/** Refuses a launch whose axes multiply beyond what one launch may hold, before they are unrolled. @throws AuditweaveError 'too-many-runs' */
export function checkLaunchSize(spec: ExperimentSpec, scale: Scale, choices: LaunchChoices): void {
  const { axes, seeds } = narrowPlan(spec, scale, choices)
  const runs = Object.values(axes).reduce((product, values) => product * values.length, seeds.length)
  if (runs > MOST_RUNS) throw new AuditweaveError('too-many-runs', `${spec.title} would have ${runs.toLocaleString('en')} runs: ${Object.entries(axes).map(([name, values]) => `${values.length} of ${name}`).join(' × ')} × ${seeds.length} seeds. A launch holds ${MOST_RUNS.toLocaleString('en')} at most; choose fewer values.`)
}
