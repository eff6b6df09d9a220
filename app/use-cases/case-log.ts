import { AuditweaveError } from '@/lib/audit/errors'
import { casePaths, caseReports, type CaseReports } from '@/lib/alerts/cases'
import { LogLines } from '@/lib/alerts/log-lines'
import { EventColumns, QueryColumns, type PathNode } from '@/lib/query'
import { foundRevision } from '@/lib/store/contexts/revision'
import { streamEvents } from '@/lib/store/events'
import { foundContexts } from '@/lib/store/found-contexts'
import type { Reconstruction } from '@/lib/store/reconstructions'

/** These pages read the log when they are opened; what is larger is asked in the query room, which keeps logs at hand. */
const MOST_LINES = 150_000
const MOST_KEPT = 8

const kept = new Map<string, Promise<CaseReports>>()

/** What the use cases show of a reconstruction, worked out once for each state of it. Throws AuditweaveError `log-too-large`. */
export async function readReports(reconstruction: Reconstruction): Promise<CaseReports> {
  const key = `${reconstruction.id} ${await foundRevision(reconstruction.id)}`
  const known = kept.get(key)
  if (known) return known
  const reports = readLines(reconstruction, casePaths()).then(caseReports)
  kept.set(key, reports)
  reports.catch(() => kept.delete(key))
  const [oldest] = kept.keys()
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
  return reports
}

/** The lines of a reconstruction's log with its contexts as they stand now, of these columns. Throws AuditweaveError `log-too-large`. */
export async function readLines({ id, datasetId, datasetName }: Reconstruction, paths: readonly PathNode[]): Promise<LogLines> {
  const events = new EventColumns({ paths })
  for await (const batch of streamEvents(datasetId, { limit: MOST_LINES + 1 })) events.add(batch.map(({ event }) => event))
  if (events.size > MOST_LINES) throw new AuditweaveError('log-too-large', `${datasetName} has more than ${MOST_LINES.toLocaleString('en')} lines, which this page does not read at once. Cut a slice of it on its page under Datasets, or ask in the query room.`)
  return new LogLines(new QueryColumns(events, { contexts: await foundContexts(id) }))
}
