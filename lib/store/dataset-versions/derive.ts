import type { PoolClient } from 'pg'
import { AuditweaveError } from '@/lib/audit/errors'
import type { AuditEvent } from '@/lib/audit/event'
import { countEvent, createReport } from '@/lib/audit/report'
import type { Labelling } from '@/lib/labelling/dataset/labelling'
import { copyInto } from '../copy-rows'
import { inTransaction } from '../database'
import { SummaryCollector } from '../dataset-summary'
import { requireDataset, type Dataset, type ImportProgress } from '../datasets'
import { EVENT_COLUMNS, EventWriter } from '../event-writer'
import { abandonImport, beginImport, finishImport, ImportHeartbeat, type ImportStart } from '../import-state'
import { writeTruth } from '../truth-writer'
import { columnText, jsonText } from '../values'
import { insertVersion } from './freeze'
import { EventsHash } from './hashes'
import type { Operation, VersionPlace } from './types'

export interface DeriveOptions {
  /** What the new data set is called. */
  readonly name: string
  readonly actor: string
  /** A row in state `importing` that was made before; without it one is made. */
  readonly datasetId?: string
  readonly signal?: AbortSignal
  onProgress?(progress: ImportProgress): void
}

/** How a data set is made of others. */
export interface Derivation {
  readonly parents: readonly (VersionPlace & { readonly number: number })[]
  readonly secretsKept: boolean
  events(): AsyncIterable<readonly AuditEvent[]>
  /** Asked when all events went by. */
  outcome(): { readonly labels: ReadonlyMap<string, Labelling>; readonly operation: Operation }
}

/**
 * Makes a data set of others in one transaction, as an import does: until it is whole nothing of it is seen but a row in state `importing`.
 * Its first version is frozen with it. `prepare` reads what the operation needs; what it throws is told as the import's failure.
 * @throws AuditweaveError 'name-taken', 'bad-name', 'nothing-left', 'import-stopped'
 */
export async function deriveDataset(options: DeriveOptions, prepare: () => Promise<Derivation>): Promise<Dataset> {
  const start = await beginImport({ name: options.name, sourceName: options.name, ...(options.datasetId === undefined ? {} : { datasetId: options.datasetId }) })
  const heartbeat = new ImportHeartbeat(start.id, options.onProgress)
  try {
    const derivation = await prepare()
    await inTransaction((client) => write(client, start, derivation, options, heartbeat))
    return await requireDataset(start.id)
  } catch (error) {
    heartbeat.stop()
    await abandonImport(start, error)
    throw error
  } finally {
    heartbeat.stop()
  }
}

async function write(client: PoolClient, start: ImportStart, derivation: Derivation, options: DeriveOptions, heartbeat: ImportHeartbeat): Promise<void> {
  const [report, summary, hash] = [createReport(), new SummaryCollector(), new EventsHash()]
  const progress = (phase: ImportProgress['phase']): void => heartbeat.report({ phase, bytes: 0, totalBytes: null, events: report.events, rejected: 0 })
  const auditIDs = await copyInto(client, 'events', EVENT_COLUMNS, async (rows) => {
    const writer = new EventWriter(rows, start.id)
    for await (const batch of derivation.events()) {
      if (heartbeat.lost || options.signal?.aborted) throw new AuditweaveError('import-stopped', `Making ${options.name} was stopped; nothing of it was kept.`)
      for (const event of batch) {
        countEvent(report, event, report.events + 1)
        summary.add(event)
        hash.add(event)
        await writer.add(event)
      }
      progress('reading')
    }
    return writer.auditIDs
  })
  if (report.events === 0) throw new AuditweaveError('nothing-left', `${options.name} would have no events. Ask for more, or take another data set.`)
  progress('labels')
  const { labels, operation } = derivation.outcome()
  const own = new Map([...labels].filter(([auditID]) => auditIDs.has(columnText(auditID) ?? '')))
  const truth = own.size === 0 ? null : await writeTruth(client, start.id, own, auditIDs, { name: operation.text, found: own.size })
  progress('summary')
  heartbeat.stop()
  const eventsSha256 = hash.hex()
  await finishImport(client, start.id, report, { auditIDs: auditIDs.size, sha256: eventsSha256, truthSha256: null }, summary.summary(truth), derivation.secretsKept)
  await client.query('UPDATE datasets SET operation = $2, source_name = $3 WHERE id = $1', [start.id, jsonText(operation), columnText(operation.text)])
  await writeParents(client, start.id, derivation)
  await insertVersion(client, { datasetId: start.id, number: 1, parent: null, eventsSha256, events: report.events, requests: auditIDs.size, labels: own, actor: options.actor, note: operation.text })
}

async function writeParents(client: PoolClient, id: string, { parents }: Derivation): Promise<void> {
  for (const [place, parent] of parents.entries())
    await client.query('INSERT INTO dataset_parents (dataset_id, place, parent_id, name, version) VALUES ($1, $2, $3, $4, $5)', [id, place, parent.datasetId, parent.name, parent.number])
}
