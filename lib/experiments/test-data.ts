import { AuditweaveError } from '@/lib/audit/errors'
import type { ExecuteDeps, RunData } from './execute-types'
import type { RunSpec } from './run-spec'

/** The data set that a run's test lines are of: its own, but for the transfer protocol. Throws 'no-scored-data' where that names none. */
export async function testData(spec: Pick<RunSpec, 'protocol' | 'scoredOn'>, deps: Pick<ExecuteDeps, 'loadLines' | 'loadLog' | 'loadScored'>): Promise<RunData> {
  if (spec.protocol !== 'transfer') return deps
  if (spec.scoredOn === undefined) throw new AuditweaveError('no-scored-data', 'The transfer protocol scores a network on another data set: name it as the run\'s scoredOn.')
  return deps.loadScored(spec.scoredOn)
}
