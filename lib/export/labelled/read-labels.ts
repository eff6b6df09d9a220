import { z } from 'zod'
import { AuditweaveError, isAuditweaveError } from '@/lib/audit/errors'
import type { JsonObject } from '@/lib/audit/event'
import { normaliseEvent } from '@/lib/audit/normalise'
import type { Labelling } from '@/lib/labelling/dataset/labelling'
import { AUDIT_ID, LabellingParser } from './parse-labelling'
import { jsonLines, plainChunks } from './read-lines'
import { isParquet, parquetLines } from './read-parquet'
import { fromReference } from './reference-code'

export type LabelsFormat = 'truth' | 'jsonl' | 'k8ntext' | 'parquet'

/** What a file says of requests. */
export interface ReadLabels {
  readonly format: LabelsFormat
  readonly labels: Map<string, Labelling>
  /** Lines that bear no label, or one that is nobody's. */
  readonly unlabelled: number
  /** auditIDs of which two lines say different things; the first counts. */
  readonly contradicting: number
}

/**
 * Reads the labels of a file: truth records, a labelled log of ours (JSON lines or Parquet), or one of the reference implementation (`label`,
 * `cplabel`, `UUID` or `uuid_new`); gzip by content. Which of them it is, is told line by line.
 * @throws AuditweaveError 'not-records', 'not-truth-records', 'not-labelled'
 */
export async function readLabels(source: AsyncIterable<Uint8Array>, name: string): Promise<ReadLabels> {
  const collector = new Collector(name)
  const { parquet, chunks } = await opened(source)
  for await (const { number, value } of jsonLines(chunks(name), name)) collector.add(number, value)
  return collector.result(parquet)
}

/** The lines of a labelled log as bytes of an audit log with our fields, whatever it was packed in. */
export async function* labelledLogBytes(source: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  yield* (await opened(source)).chunks(name)
}

async function opened(source: AsyncIterable<Uint8Array>): Promise<{ parquet: boolean; chunks: (name: string) => AsyncIterable<Uint8Array> }> {
  const plain = plainChunks(source)
  const first = await plain.next()
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    if (!first.done) yield first.value
    yield* plain
  }
  if (first.done || !isParquet(first.value)) return { parquet: false, chunks: rest }
  return { parquet: true, chunks: (name) => fromParquet(rest(), name) }
}

async function* fromParquet(source: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  for await (const chunk of source) parts.push(chunk.slice())
  const encoder = new TextEncoder()
  for await (const line of parquetLines(await new Blob(parts).arrayBuffer(), name)) yield encoder.encode(`${line}\n`)
}

class Collector {
  readonly #name: string
  readonly #parser = new LabellingParser()
  readonly #labels = new Map<string, Labelling>()
  readonly #said = new Map<string, string>()
  #formats: LabelsFormat | null = null
  #unlabelled = 0
  #contradicting = 0

  constructor(name: string) {
    this.#name = name
  }

  add(number: number, value: JsonObject): void {
    const { auditID, labelling } = this.#line(number, value)
    if (labelling === null) {
      this.#unlabelled++
      return
    }
    const said = JSON.stringify([labelling.role, labelling.context, labelling.label?.code])
    const before = this.#said.get(auditID)
    if (before !== undefined) {
      if (before !== said) this.#contradicting++
      return
    }
    this.#said.set(auditID, said)
    this.#labels.set(auditID, labelling)
  }

  result(parquet: boolean): ReadLabels {
    if (this.#formats === null) throw new AuditweaveError('not-records', `${this.#name} holds no records: give a truth file or a labelled log.`)
    return { format: parquet ? 'parquet' : this.#formats, labels: this.#labels, unlabelled: this.#unlabelled, contradicting: this.#contradicting }
  }

  #line(number: number, value: JsonObject): { auditID: string; labelling: Labelling | null } {
    const auditID = AUDIT_ID.safeParse(value.auditID)
    if (!auditID.success) throw this.#wrong(number, new z.ZodError(auditID.error.issues.map((issue) => ({ ...issue, path: ['auditID'] }))))
    return { auditID: auditID.data, labelling: this.#labelling(number, value) }
  }

  #labelling(number: number, value: JsonObject): Labelling | null {
    try {
      if ('auditweave' in value) return this.#of('jsonl', this.#parser.parse(value.auditweave))
      if (isLog(value)) return isReference(value) ? this.#of('k8ntext', fromReference(normaliseEvent(value), referenceFields(value))) : this.#of('jsonl', null)
      return this.#of('truth', this.#parser.parse(value))
    } catch (error) {
      throw this.#wrong(number, error)
    }
  }

  /** A log of the reference implementation may have lines with ours on them, and unlabelled ones. */
  #of(format: LabelsFormat, labelling: Labelling | null): Labelling | null {
    if (this.#formats === null || (this.#formats === 'jsonl' && format === 'k8ntext')) this.#formats = format
    return labelling
  }

  #wrong(number: number, error: unknown): unknown {
    if (!(error instanceof z.ZodError)) return isAuditweaveError(error) ? new AuditweaveError('not-truth-records', `${this.#name}, record ${number}: ${error.message}`, { cause: error }) : error
    const issue = error.issues[0]
    return new AuditweaveError('not-truth-records', `${this.#name}, record ${number}: ${issue?.path.join('.') || 'the record'}: ${issue?.message ?? 'is not valid'}. A truth record is {auditID, context, role, label}.`, { cause: error })
  }
}

/** A line of an audit log says who asked for what; a truth record has none of it. */
function isLog(value: JsonObject): boolean {
  return 'verb' in value || 'requestURI' in value || 'stage' in value || 'stageTimestamp' in value
}

function isReference(value: JsonObject): boolean {
  return 'label' in value || 'cplabel' in value || 'uuid_new' in value || 'UUID' in value
}

const code = z.union([z.int(), z.string().regex(/^-?\d{1,16}$/).transform(Number), z.null()])
const context = z.union([z.string().min(1).max(512), z.int().transform(String)]).nullish()

function referenceFields(value: JsonObject): { label?: number; cplabel?: boolean; context: string | null } {
  const label = value.label === undefined ? null : code.parse(value.label)
  const cplabel = z.boolean().nullish().parse(value.cplabel)
  return { ...(label === null ? {} : { label }), cplabel: cplabel ?? false, context: context.parse(value.uuid_new ?? value.UUID) ?? null }
}
