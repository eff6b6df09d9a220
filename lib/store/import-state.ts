import type { PoolClient } from 'pg'
import { AuditweaveError, isAuditweaveError } from '@/lib/audit/errors'
import type { ReadReport } from '@/lib/audit/read'
import { sql } from './database'
import type { DatasetSummary } from './dataset-summary'
import { checkName, nameTaken, type ImportProgress } from './datasets'
import { newId } from './ids'
import { CHANNELS, notify } from './notify'
import { removeRejects } from './rejects'
import { jsonParameter, jsonText } from './values'

/** Seconds without a sign of life after which an import counts as dead. */
const LEASE_SECONDS = 30
const REPORT_MS = 400

export interface ImportStart {
  readonly id: string
  /** Whether the row was made before the import (a job's): then a failure stays visible in it. */
  readonly prepared: boolean
}

/** An import that waits longer for a worker than this will never begin. */
const WAITING_HOURS = 24

/**
 * Makes the row of a coming import. A name of a failed or dead import is free again. One that waits in the queue has no lease yet.
 * @throws AuditweaveError 'name-taken', 'bad-name'
 */
export async function reserveDataset(name: string, sourceName: string, options: { card?: string; waits: boolean }): Promise<string> {
  checkName(name)
  await clearDeadImports()
  const id = newId()
  await sql(`DELETE FROM datasets WHERE name = $1 AND state = 'failed'`, [name])
  const rows = await sql(
    `INSERT INTO datasets (id, name, state, source_name, card, lease_until) VALUES ($1, $2, 'importing', $3, $4, CASE WHEN $5::float8 IS NOT NULL THEN now() + make_interval(secs => $5) END)
     ON CONFLICT (name) DO NOTHING RETURNING id`,
    [id, name, sourceName, options.card ?? '', options.waits ? null : LEASE_SECONDS],
  )
  if (rows.length === 0) throw nameTaken(name)
  await notify(CHANNELS.datasets, id)
  return id
}

export async function beginImport(options: { name: string; sourceName?: string; card?: string; datasetId?: string }): Promise<ImportStart> {
  if (options.datasetId === undefined) {
    const card = options.card === undefined ? {} : { card: options.card }
    return { id: await reserveDataset(options.name, options.sourceName ?? options.name, { ...card, waits: false }), prepared: false }
  }
  const rows = await sql(`UPDATE datasets SET lease_until = now() + make_interval(secs => $2) WHERE id = $1 AND state = 'importing' RETURNING id`, [options.datasetId, LEASE_SECONDS])
  if (rows.length === 0) throw importStopped()
  return { id: options.datasetId, prepared: true }
}

/** Imports whose process died (nothing of them was kept): marked failed, so that a page can say so. */
export async function clearDeadImports(): Promise<void> {
  const error = { code: 'import-interrupted', message: 'The import was interrupted; nothing of it was kept. Import the file again.' }
  const rows = await sql<{ id: string }>(
    `UPDATE datasets SET state = 'failed', error = $1, progress = NULL, lease_until = NULL, updated_at = now()
     WHERE state = 'importing' AND (lease_until < now() OR (lease_until IS NULL AND created_at < now() - make_interval(hours => $2))) RETURNING id`,
    [jsonText(error), WAITING_HOURS],
  )
  for (const { id } of rows) await notify(CHANNELS.datasets, id)
}

/** Writes progress a few times a second, on its own connection, and renews the lease. */
export class ImportHeartbeat {
  #last = 0
  #stopped = false
  #lost = false
  readonly #id: string
  readonly #listener: ((progress: ImportProgress) => void) | undefined
  #progress: ImportProgress | null = null
  readonly #timer: NodeJS.Timeout

  constructor(id: string, listener?: (progress: ImportProgress) => void) {
    this.#id = id
    this.#listener = listener
    // Also without progress (a slow source) the lease must not run out.
    this.#timer = setInterval(() => this.#write(), (LEASE_SECONDS * 1000) / 5)
    this.#timer.unref()
  }

  /** True when the row is gone or no longer importing: somebody stopped or deleted it. */
  get lost(): boolean {
    return this.#lost
  }

  report(progress: ImportProgress): void {
    this.#progress = progress
    this.#listener?.(progress)
    if (Date.now() - this.#last > REPORT_MS) this.#write()
  }

  stop(): void {
    this.#stopped = true
    clearInterval(this.#timer)
  }

  #write(): void {
    if (this.#stopped) return
    this.#last = Date.now()
    const statement = `UPDATE datasets SET progress = $2, lease_until = now() + make_interval(secs => $3) WHERE id = $1 AND state = 'importing' RETURNING id`
    sql(statement, [this.#id, jsonParameter(this.#progress), LEASE_SECONDS])
      .then(async (rows) => {
        if (rows.length === 0 && !this.#stopped) this.#lost = true
        else await notify(CHANNELS.datasets, this.#id)
      })
      .catch(() => {
        // The import's own connection tells when the database is gone.
      })
  }
}

/** Makes the imported log visible; part of the import's transaction. */
export async function finishImport(client: PoolClient, id: string, report: ReadReport, counts: { auditIDs: number; sha256: string; truthSha256: string | null }, summary: DatasetSummary, secretsKept: boolean): Promise<void> {
  const rejects = [...report.rejects].map(([reason, { count, first }]) => ({ reason, count, first }))
  const { rowCount } = await client.query(
    `UPDATE datasets SET state = 'ready', progress = NULL, error = NULL, lease_until = NULL, updated_at = now(), bytes = $2, events = $3, audit_ids = $4,
       non_resource = $5, redactions = $6, secrets_kept = $7, first_micros = $8, last_micros = $9, levels = $10, rejected = $11, rejects = $12,
       truncated = $13, summary = $14, sha256 = $15, truth_sha256 = $16
     WHERE id = $1 AND state = 'importing'`,
    [id, report.bytes, report.events, counts.auditIDs, report.nonResource, report.redactions, secretsKept, report.firstMicros, report.lastMicros,
      jsonText(report.levels), report.rejected, jsonText(rejects), report.truncated, jsonText(summary), counts.sha256, counts.truthSha256],
  )
  if (rowCount === 0) throw importStopped()
  await client.query('SELECT pg_notify($1, $2)', [CHANNELS.datasets, id])
}

function importStopped(): AuditweaveError {
  return new AuditweaveError('import-stopped', 'The import was stopped; nothing of it was kept. Import the file again when you want it.')
}

/** Gives an import up; the process that carries it out notices within a second and keeps nothing. */
export async function stopImport(id: string): Promise<void> {
  const { code, message } = importStopped()
  await sql(`UPDATE datasets SET state = 'failed', error = $2, progress = NULL, lease_until = NULL, updated_at = now() WHERE id = $1 AND state = 'importing'`, [id, jsonText({ code, message })])
  await notify(CHANNELS.datasets, id)
}

/** After a failure: a job's row says why, a row made for the import goes. */
export async function abandonImport(start: ImportStart, error: unknown): Promise<void> {
  const known = isAuditweaveError(error)
  const reason = { code: known ? error.code : 'import-failed', message: error instanceof Error ? error.message : String(error) }
  try {
    if (start.prepared) await sql(`UPDATE datasets SET state = 'failed', error = $2, progress = NULL, lease_until = NULL, updated_at = now() WHERE id = $1 AND state = 'importing'`, [start.id, jsonText(reason)])
    else {
      await sql(`DELETE FROM datasets WHERE id = $1 AND state = 'importing'`, [start.id])
      await removeRejects(start.id)
    }
    await notify(CHANNELS.datasets, start.id)
  } catch {
    // The database is down: the lease runs out and the row is cleared at the next start.
  }
}
