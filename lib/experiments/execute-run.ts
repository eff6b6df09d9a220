import { presetFamily } from '@/lib/model/presets'
import { isMeasureSpec, type AnyRunSpec } from './any-run-spec'
import { executeLinkedRun } from './execute-linked-run'
import { executeMeasurement } from './execute-measurement'
import type { ExecuteDeps, RunOutcome, TrainingOutcome } from './execute-types'
import { executeWindowsRun } from './execute-windows-run'
import type { RunSpec } from './run-spec'

/**
 * Carries out one run: a measurement, or a training the way its preset's family of networks is trained. The same spec on the same data gives the same
 * weights, and the same points but for times.
 * @throws AuditweaveError 'run-stopped' when the signal aborts
 */
export function executeRun(spec: RunSpec, deps: ExecuteDeps): Promise<TrainingOutcome>
export function executeRun(spec: AnyRunSpec, deps: ExecuteDeps): Promise<RunOutcome>
export function executeRun(spec: AnyRunSpec, deps: ExecuteDeps): Promise<RunOutcome> {
  if (isMeasureSpec(spec)) return executeMeasurement(spec, deps)
  return presetFamily(spec.preset) === 'linked' ? executeLinkedRun(spec, deps) : executeWindowsRun(spec, deps)
}
