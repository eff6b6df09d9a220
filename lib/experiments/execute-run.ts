import { presetFamily } from '@/lib/model/presets'
import { executeLinkedRun } from './execute-linked-run'
import type { ExecuteDeps, RunOutcome } from './execute-types'
import { executeWindowsRun } from './execute-windows-run'
import type { RunSpec } from './run-spec'

/**
 * Carries out one run, the way its preset's family of networks is trained. The same spec on the same data gives the same weights.
 * @throws AuditweaveError 'run-stopped' when the signal aborts
 */
export function executeRun(spec: RunSpec, deps: ExecuteDeps): Promise<RunOutcome> {
  return presetFamily(spec.preset) === 'linked' ? executeLinkedRun(spec, deps) : executeWindowsRun(spec, deps)
}
