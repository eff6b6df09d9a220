import type { PoolClient } from 'pg'
import { AuditweaveError } from '@/lib/audit/errors'
import { readAudit } from '@/lib/audit/read'
import type { AuditSource, ReadReport } from '@/lib/audit/read'
import { copyInto } from './copy-rows'
import { inTransaction } from './database'
import { SummaryCollector, type TruthSummary } from './dataset-summary'
import { requireDataset, type Dataset, type ImportProgress } from './datasets'
import { insertVersion } from './dataset-versions/freeze'
import { EventsHash } from './dataset-versions/hashes'
import { EVENT_COLUMNS, EventWriter } from './event-writer'
import { hashing, type HashedSource } from './hashing-source'
import { abandonImport, beginImport, finishImport, ImportHeartbeat, type ImportStart } from './import-state'
import { RejectsFile } from './rejects'
import { checkTruthFits, readTruth, type TruthRecord } from './truth-records'
import { writeTruth } from './truth-writer'

export interface ImportOptions {
  readonly name: string
  readonly sourceName?: string
  /** Truth records of the capture (auditID, context, role, label). */
  readonly truth?: AsyncIterable<Uint8Array>
  readonly truthName?: string
  readonly keepSecrets?: boolean
  /** Size of the source, for progress. */
  readonly totalBytes?: number | null
  /** Description (Markdown). */
  readonly card?: string
  /** A row in state `importing` made before (a job); without it one is made. */
  readonly datasetId?: string
  readonly signal?: AbortSignal
  onProgress?(progress: ImportProgress): void
}

export interface ImportResult { readonly dataset: Dataset; readonly report: ReadReport }

/**
 * Imports an audit log in one transaction: until it is whole nothing of it is seen but a row in state `importing`,
 * and a process that dies leaves nothing else behind. Lines that give no event are counted and kept in a rejects file.
 * @throws AuditweaveError 'name-taken', 'bad-name', 'wrong-truth', 'not-truth-records', 'not-records', 'not-an-audit-log',
 * 'import-stopped', 'database-down' and what reading the source throws
 */
export async function importDataset(source: AuditSource, options: ImportOptions): Promise<ImportResult> {
  const start = await beginImport(options)
  const rejects = new RejectsFile(start.id)
  const heartbeat = new ImportHeartbeat(start.id, options.onProgress)
  try {
    const report = await read(source, options, start, rejects, heartbeat)
    return { dataset: await requireDataset(start.id), report }
  } catch (error) {
    heartbeat.stop()
    await abandonImport(start, error)
    throw error
  } finally {
    heartbeat.stop()
    await rejects.close()
  }
}

async function read(source: AuditSource, options: ImportOptions, start: ImportStart, rejects: RejectsFile, heartbeat: ImportHeartbeat): Promise<ReadReport> {
  const truthSource = options.truth === undefined ? null : hashing(options.truth)
  const truth = truthSource === null ? null : await readTruth(truthSource, options.truthName ?? 'the truth file')
  const hashed = hashing(source)
  const { events, report } = readAudit(withNature(hashed, source), {
    keepSecrets: options.keepSecrets ?? false,
    name: options.sourceName ?? options.name,
    onReject: (reject) => rejects.add(reject),
  })
  const progress = (phase: ImportProgress['phase']) => heartbeat.report({ phase, bytes: report.bytes, totalBytes: options.totalBytes ?? null, events: report.events, rejected: report.rejected })
  await inTransaction(async (client) => {
    const summary = new SummaryCollector()
    const content = new EventsHash()
    const auditIDs = await copyInto(client, 'events', EVENT_COLUMNS, async (rows) => {
      const writer = new EventWriter(rows, start.id)
      for await (const batch of events) {
        throwIfStopped(options, heartbeat)
        for (const event of batch) {
          summary.add(event)
          content.add(event)
          await writer.add(event)
        }
        progress('reading')
      }
      return writer.auditIDs
    })
    progress('labels')
    const labelled = truth === null ? null : await storeTruth(client, start, truth, auditIDs, options)
    progress('summary')
    heartbeat.stop()
    const counts = { auditIDs: auditIDs.size, sha256: hashed.digest(), truthSha256: truthSource?.digest() ?? null }
    await finishImport(client, start.id, report, counts, summary.summary(labelled), options.keepSecrets ?? false)
    const labels = new Map([...(truth ?? [])].filter(([auditID]) => auditIDs.has(auditID)))
    await insertVersion(client, { datasetId: start.id, number: 1, parent: null, eventsSha256: content.hex(), events: report.events, requests: auditIDs.size, labels, actor: 'import', note: 'As imported' })
  })
  return report
}

async function storeTruth(client: PoolClient, start: ImportStart, truth: ReadonlyMap<string, TruthRecord>, auditIDs: ReadonlyMap<string, number>, options: ImportOptions): Promise<TruthSummary> {
  const name = options.truthName ?? 'the truth file'
  const found = checkTruthFits(truth, auditIDs, name)
  return writeTruth(client, start.id, truth, auditIDs, { name, found })
}

function throwIfStopped(options: ImportOptions, heartbeat: ImportHeartbeat): void {
  if (heartbeat.lost || options.signal?.aborted) throw new AuditweaveError('import-stopped', `The import of ${options.name} was stopped; nothing of it was kept.`)
}

/** Keeps the source's own name and way to unpack. */
function withNature(hashed: HashedSource, source: AuditSource): AuditSource {
  const { name, unpack } = source
  return { ...(name === undefined ? {} : { name }), ...(unpack === undefined ? {} : { unpack }), [Symbol.asyncIterator]: () => hashed[Symbol.asyncIterator]() }
}
