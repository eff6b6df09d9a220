import { AuditweaveError } from '@/lib/audit/errors'
import type { LoadedSplit, RunData, TrainingLines } from './execute-types'
import type { RunSpec } from './run-spec'

/**
 * The split that a run of the stored protocol goes by; null in every other protocol.
 * @throws AuditweaveError 'no-split' where the settings name none, or the log is a file, which has none; 'unknown-split'
 */
export async function loadStoredSplit({ protocol, storedSplit }: Pick<RunSpec, 'protocol' | 'storedSplit'>, { loadSplit }: Pick<RunData, 'loadSplit'>): Promise<LoadedSplit | null> {
  if (protocol !== 'stored') return null
  if (storedSplit === undefined) throw new AuditweaveError('no-split', 'The stored protocol goes by a split of the data set: name it as the run\'s storedSplit.')
  if (!loadSplit) throw new AuditweaveError('no-split', 'A log that is a file has no stored splits: import it, and make one with auditweave dataset split.')
  return loadSplit(storedSplit)
}

/** Requests of a data set that the split knows nothing of tell that it is another's. @throws AuditweaveError 'wrong-split' */
export function checkSplit({ name, version, partOf }: LoadedSplit, { table, source }: TrainingLines): void {
  if (table.auditIDs.some((auditID) => partOf.has(auditID))) return
  throw new AuditweaveError('wrong-split', `The split "${name}" of version ${version} names none of the ${table.lines.toLocaleString('en')} lines of ${source.name} that take part: take more lines, or another split.`)
}
