import type { ClientBase } from 'pg'
import { decodeAnswers, encodeAnswers } from '@/lib/experiments/answers-file'
import type { LineAnswers } from '@/lib/experiments/line-answers'
import { sql } from './database'

/**
 * Keeps what a run said of each test line, in place of what an earlier attempt said. For the transaction that ends the run, after
 * the row was found to be the caller's own: the statement itself does not ask who writes.
 * @throws AuditweaveError 'bad-answers' when they do not hold together
 */
export async function writeRunAnswers(client: Pick<ClientBase, 'query'>, runId: string, answers: LineAnswers): Promise<void> {
  const bytes = encodeAnswers(answers)
  await client.query(
    'INSERT INTO run_answers (run_id, lines, bytes) VALUES ($1, $2, $3) ON CONFLICT (run_id) DO UPDATE SET lines = EXCLUDED.lines, bytes = EXCLUDED.bytes',
    [runId, answers.auditIDs.length, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)],
  )
}

/** Null where the run kept none: it measured, is not done, or was made by an earlier version. @throws AuditweaveError 'bad-answers' */
export async function readRunAnswers(runId: string): Promise<LineAnswers | null> {
  const [row] = await sql<{ bytes: Buffer }>('SELECT bytes FROM run_answers WHERE run_id = $1', [runId])
  return row === undefined ? null : decodeAnswers(row.bytes)
}

/** How many lines each of these runs answered; runs without answers are left out. */
export async function answeredLines(runIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await sql<{ run_id: string; lines: number }>('SELECT run_id, lines FROM run_answers WHERE run_id = ANY($1)', [runIds])
  return new Map(rows.map((row) => [row.run_id, row.lines]))
}

/** A run that can be compared line by line, as a choice shows it. */
export interface AnsweredRun { readonly id: string; readonly number: number; readonly name: string; readonly preset: string; readonly protocol: string; readonly lines: number }

const MOST_CHOICES = 500

/** The newest runs with answers; of one data set, and those tested on it, when named. */
export async function listAnsweredRuns(options: { datasetId?: string } = {}): Promise<AnsweredRun[]> {
  return sql<AnsweredRun>(
    `SELECT r.id, r.number, r.name, r.preset, r.protocol, a.lines FROM run_answers a JOIN runs r ON r.id = a.run_id
     WHERE $1::text IS NULL OR r.dataset_id = $1 OR r.params ->> 'scoredOn' IN ($1, (SELECT name FROM datasets WHERE id = $1)) ORDER BY r.number DESC LIMIT ${MOST_CHOICES}`,
    [options.datasetId ?? null],
  )
}
