import { AuditweaveError } from '@/lib/audit/errors'
import type { LabellingLog } from '@/lib/labelling/types'
import { sql } from '../database'
import { requireDataset } from '../datasets'

/** A page holds the log in its memory; beyond this it would not. */
const MOST_LINES = 1_000_000
const BATCH = 20_000

const TEXTS = ['stage', 'verb', 'username', 'api_group', 'resource', 'subresource', 'namespace', 'name'] as const
type TextColumn = (typeof TEXTS)[number]

/** Some lines, a column an array. */
type Lines = { readonly seq: readonly number[]; readonly audit_id: readonly string[]; readonly received_micros: readonly (number | null)[]; readonly code: readonly (number | null)[] } & Readonly<Record<TextColumn, readonly (string | null)[]>>

const COLUMNS = ['seq', 'audit_id', 'received_micros', 'code', ...TEXTS]
/** Each column as one JSON array: the driver would take ten times as long over the values of 50,000 rows. */
const ARRAYS = COLUMNS.map((name) => `json_agg(d.${name}) AS ${name}`).join(', ')

/**
 * The log of a data set in columns, in order of time received (equal times: as in the log), lines without a time last.
 * @throws AuditweaveError 'unknown-dataset', 'wrong-state' while it is being imported, 'too-many-lines'
 */
export async function readLabellingLog(datasetId: string, batch = BATCH): Promise<LabellingLog> {
  const dataset = await requireDataset(datasetId)
  if (dataset.state !== 'ready') throw new AuditweaveError('wrong-state', `${dataset.name} is ${dataset.state}. Label it when it is imported.`)
  if (dataset.events > MOST_LINES) throw new AuditweaveError('too-many-lines', `${dataset.name} has ${dataset.events.toLocaleString('en')} lines; ${MOST_LINES.toLocaleString('en')} can be labelled at once. Slice it by time, user or namespace first.`)
  const columns = new LogColumns()
  for await (const lines of readLines(dataset.id, batch)) columns.add(lines)
  return { dataset: { id: dataset.id, name: dataset.name, version: dataset.version }, ...columns.log() }
}

/** `batch` lines at a time, by keyset along the index of time; null times are at its end. */
async function* readLines(datasetId: string, batch: number): AsyncGenerator<Lines> {
  let lines = await nextLines(datasetId, batch, 'received_micros IS NOT NULL', [])
  for (; lines; lines = await nextLines(datasetId, batch, '(received_micros, seq) > ($2, $3)', [lines.received_micros.at(-1), lines.seq.at(-1)])) yield lines
  lines = await nextLines(datasetId, batch, 'received_micros IS NULL', [])
  for (; lines; lines = await nextLines(datasetId, batch, 'received_micros IS NULL AND seq > $2', [lines.seq.at(-1)])) yield lines
}

async function nextLines(datasetId: string, batch: number, where: string, after: readonly unknown[]): Promise<Lines | null> {
  const [lines] = await sql<Lines | { seq: null }>(
    `SELECT ${ARRAYS} FROM (SELECT ${COLUMNS.join(', ')} FROM events WHERE dataset_id = $1 AND ${where} ORDER BY received_micros, seq LIMIT ${batch}) d`,
    [datasetId, ...after],
  )
  return lines === undefined || lines.seq === null ? null : lines
}

/** Gathers the columns of a log. */
class LogColumns {
  readonly #texts = new Pool()
  readonly #requests = new Pool()
  readonly #columns = Object.fromEntries(TEXTS.map((name) => [name, [] as number[]])) as Record<TextColumn, number[]>
  readonly #seq: number[] = []
  readonly #request: number[] = []
  readonly #at: number[] = []
  readonly #code: number[] = []
  #firstMillis: number | null = null

  add(lines: Lines): void {
    for (const seq of lines.seq) this.#seq.push(seq)
    for (const auditID of lines.audit_id) this.#request.push(this.#requests.of(auditID))
    for (const micros of lines.received_micros) this.#at.push(this.#time(micros))
    for (const code of lines.code) this.#code.push(code ?? 0)
    for (const name of TEXTS) for (const text of lines[name]) this.#columns[name].push(text === null || text === '' ? -1 : this.#texts.of(text))
  }

  log(): Omit<LabellingLog, 'dataset'> {
    const { stage, verb, username: user, api_group: group, resource, subresource, namespace, name } = this.#columns
    return {
      lines: this.#seq.length, texts: this.#texts.texts, seq: this.#seq, request: this.#request, auditIDs: this.#requests.texts, stage, at: this.#at, firstMillis: this.#firstMillis ?? 0,
      verb, user, group, resource, subresource, namespace, name, code: this.#code,
    }
  }

  /** Microseconds since 1970 pass what a fraction of milliseconds keeps, so that the whole milliseconds go first. A line without a time is drawn where it lies. */
  #time(micros: number | null): number {
    if (micros === null) return this.#at.at(-1) ?? 0
    this.#firstMillis ??= Math.floor(micros / 1000)
    return (micros - this.#firstMillis * 1000) / 1000
  }
}

/** Numbers texts by their first coming. */
class Pool {
  readonly texts: string[] = []
  readonly #places = new Map<string, number>()

  of(text: string): number {
    const known = this.#places.get(text)
    if (known !== undefined) return known
    this.#places.set(text, this.texts.length)
    return this.texts.push(text) - 1
  }
}
