import { AuditweaveError } from '@/lib/audit/errors'
import { StreamingReconstruction } from '@/lib/contexts/stream'
import type { ContextRecord, ReconstructedRecord } from '@/lib/contexts/types'
import { QueryColumns } from '@/lib/query'
import { foundContexts, foundRecords, type FoundRecord } from '@/lib/store/found-contexts'
import { requireReconstruction } from '@/lib/store/reconstructions'
import type { EventLog, TellLoading } from './event-log'

/** A log with its contexts, ready to be asked. */
export interface AskableColumns {
  readonly log: EventLog
  readonly columns: QueryColumns
  readonly contexts: readonly ContextRecord[]
  readonly reconstructionId: string | null
  /** Of contexts that were linked when the log was read: every line with its links. */
  readonly records: readonly ReconstructedRecord[] | null
}

/** The contexts of a stored reconstruction as they stand now. @throws AuditweaveError 'wrong-state', 'unknown-reconstruction' */
export async function storedFound(log: EventLog, reconstructionId: string, tell: TellLoading, signal: AbortSignal): Promise<AskableColumns> {
  const { datasetId, state } = await requireReconstruction(reconstructionId)
  if (datasetId !== log.datasetId) throw new AuditweaveError('unknown-reconstruction', 'This reconstruction is of another data set. Choose one of this data set.')
  if (state !== 'done') throw new AuditweaveError('wrong-state', `This reconstruction is ${state}. Ask it when it is done, or choose another.`)
  tell('found', 0, log.seqs.length)
  const contexts = await foundContexts(reconstructionId)
  const records: FoundRecord[] = []
  for await (const batch of foundRecords(reconstructionId)) {
    signal.throwIfAborted()
    for (const record of batch) records.push(record)
    tell('found', records.length, log.seqs.length)
  }
  return { log, columns: new QueryColumns(log.events, { contexts, records }).warm(), contexts, reconstructionId, records: null }
}

/** What the links alone find; `stream` has seen the log where it was read just now. */
export async function linkedFound(log: EventLog, stream: StreamingReconstruction | null, tell: TellLoading, signal: AbortSignal): Promise<AskableColumns> {
  const reading = stream ?? new StreamingReconstruction()
  if (!stream) for await (const batch of log.batches(tell, 'link', signal)) reading.add(batch)
  tell('link', log.seqs.length, log.seqs.length)
  // Else nobody would be told before the linking, which holds everything up.
  await new Promise((resolve) => { setImmediate(resolve) })
  const { contexts, records } = reading.finish()
  return { log, columns: new QueryColumns(log.events, { contexts, records }).warm(), contexts, reconstructionId: null, records }
}
