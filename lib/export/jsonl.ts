import type { ReconstructedRecord } from '@/lib/contexts/types'
import { safeJson } from '@/lib/contexts/visible-text'

/** One JSON object a line for each record, as the reconstructed record is contracted. */
export async function* exportJsonLines(records: Iterable<ReconstructedRecord>): AsyncGenerator<string> {
  for (const record of records) yield `${safeJson(record)}\n`
}
