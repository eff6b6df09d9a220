import { isAuditweaveError } from './errors'
import type { AuditEvent, JsonObject, JsonValue } from './event'
import { asText } from './json'
import { normaliseEvent } from './normalise'
import { isTooDeep, MAX_DEPTH, parseUnwalked, TOO_DEEP } from './parse-json'
import type { Piece } from './piece'
import type { ReadOptions } from './read-options'
import { redactEvent } from './redact'
import type { RedactOptions } from './redact'
import { redactReject } from './redact-reject'
import { mayHoldCredentials, mayHoldManifests } from './redact-text'
import { countEvent, nameEnvelope, tally } from './report'
import type { EnvelopeName, ReadReport } from './report'
import { unwrapEvents } from './unwrap'
import type { Wrapping } from './unwrap'

export const CUT_LAST_LINE = 'cut last line'
export const NOT_JSON = 'not valid JSON'
export const NOT_AN_EVENT = 'not an audit event'
export const NO_AUDIT_ID = 'an audit event without auditID'

// Container runtimes and CloudWatch's export to S3 put the time before each line
const PREFIX = /^\d{4}-\d\d-\d\dT\S{1,40} (?:(?:stdout|stderr) [FP] )?(?=\{)/
const MEBIBYTE = 1 << 20

function size(bytes: number): string {
  return bytes % MEBIBYTE === 0 ? `${bytes / MEBIBYTE} MiB` : `${bytes.toLocaleString('en')} bytes`
}

/** Turns pieces of a file into events, and keeps the report. */
export class EventSink {
  layout: EnvelopeName = 'jsonl'
  readonly maxLineBytes: number
  readonly #report: ReadReport
  readonly #options: ReadOptions
  readonly #maxDepth: number
  readonly #decoder = new TextDecoder()
  readonly #wrappings = new Map<Wrapping, number>()
  readonly #redaction: { readonly all: RedactOptions; readonly fields: RedactOptions }
  #batch: AuditEvent[] = []
  #deep = false

  constructor(report: ReadReport, options: ReadOptions) {
    this.#report = report
    this.#options = options
    this.maxLineBytes = options.maxLineBytes ?? 16 * MEBIBYTE
    this.#maxDepth = options.maxDepth ?? MAX_DEPTH
    const onTooDeep = (): void => {
      this.#deep = true
    }
    this.#redaction = {
      all: { text: true, maxDepth: this.#maxDepth, onTooDeep },
      fields: { text: false, maxDepth: this.#maxDepth, onTooDeep },
    }
  }

  /** The events since the last call. */
  flush(): AuditEvent[] {
    const batch = this.#batch
    this.#batch = []
    if (batch.length > 0) this.#report.envelope = nameEnvelope(this.#wrappings, this.layout)
    return batch
  }

  /** The stream ended inside a list. */
  endsInside(): void {
    this.#report.truncated ??= `The list ends early, after item ${this.#report.lines}: the file is not whole.`
  }

  take(piece: Piece): void {
    const text = this.#decoder.decode(piece.bytes)
    if (piece.size > this.maxLineBytes) return this.#oversize(piece, text)
    if (text.trim() === '') return
    this.#report.lines++
    let value: JsonValue
    try {
      value = this.#parse(text)
    } catch (error) {
      return this.#reject(piece, error instanceof SyntaxError ? NOT_JSON : this.#whyDeep(error), text)
    }
    this.#accept(piece, value, text)
  }

  #parse(text: string): JsonValue {
    if (text.charCodeAt(0) !== 0x7b && PREFIX.test(text)) return parseUnwalked(text.replace(PREFIX, ''), this.#maxDepth)
    return parseUnwalked(text, this.#maxDepth)
  }

  #accept(piece: Piece, value: JsonValue, text: string): void {
    let found
    try {
      found = unwrapEvents(value, this.#maxDepth)
    } catch (error) {
      return this.#reject(piece, this.#whyDeep(error), text)
    }
    if (found.length === 0) return this.#reject(piece, NOT_AN_EVENT, text)
    if (text.includes('\ufffd')) tally(this.#report.warnings, 'damaged UTF-8, read with replacement characters', piece.number, '')
    const searchText = this.#options.keepSecrets ? false : mayHoldManifests(text) || mayHoldCredentials(text)
    for (const { raw, wrapping } of found) {
      // text inside an envelope is escaped once more, which may hide what the search looks for
      this.#event(piece, raw, wrapping, searchText || wrapping !== 'plain', text)
    }
  }

  #event(piece: Piece, raw: JsonObject, wrapping: Wrapping, searchText: boolean, text: string): void {
    if (asText(raw.auditID) === null) return this.#reject(piece, NO_AUDIT_ID, text)
    if (!this.#prepare(raw, searchText)) return this.#reject(piece, this.#tooDeep(), text)
    this.#wrappings.set(wrapping, (this.#wrappings.get(wrapping) ?? 0) + 1)
    const event = normaliseEvent(raw)
    countEvent(this.#report, event, piece.number)
    this.#batch.push(event)
  }

  /** Redacts one event; false where it is nested too deep. One walk of the bodies does both. */
  #prepare(raw: JsonObject, searchText: boolean): boolean {
    if (this.#options.keepSecrets) return !isTooDeep(raw, this.#maxDepth)
    for (const key in raw) {
      if (key !== 'requestObject' && key !== 'responseObject' && isTooDeep(raw[key], this.#maxDepth - 1)) return false
    }
    this.#deep = false
    this.#report.redactions += redactEvent(raw, this.#redaction[searchText ? 'all' : 'fields'])
    return !this.#deep
  }

  #oversize(piece: Piece, text: string): void {
    this.#report.lines++
    this.#reject(piece, `longer than ${size(this.maxLineBytes)}`, text, true)
  }

  #tooDeep(): string {
    return `nested deeper than ${this.#maxDepth} levels`
  }

  #whyDeep(error: unknown): string {
    // an engine whose JSON.parse is recursive gives up with a RangeError
    if ((isAuditweaveError(error) && error.code === TOO_DEEP) || error instanceof RangeError) return this.#tooDeep()
    throw error
  }

  #reject(piece: Piece, why: string, text: string, keepReason = false): void {
    const reason = piece.cut && why === NOT_JSON && !keepReason ? CUT_LAST_LINE : why
    if (reason === CUT_LAST_LINE) {
      this.#report.truncated ??= `The last line (${piece.number}) is cut off: the file ends in the middle of it. The lines before it were read.`
    }
    const clean = this.#options.keepSecrets ? text : redactReject(text)
    this.#report.rejected++
    tally(this.#report.rejects, reason, piece.number, clean)
    this.#options.onReject?.({ line: piece.number, reason, text: clean })
  }
}
