import { AuditweaveError } from '@/lib/audit/errors'
import type { Role } from '@/lib/contexts/types'
import { NUMBER_COLUMNS, WORD_COLUMNS, type ContextPicture, type NumberColumn, type PictureContext, type TriggerChange, type WordColumn } from './picture'

/** A link of a request; `to` is a request of the picture, -1 for an event outside it, whose auditID is `other`. */
export interface PictureLink { readonly to: number; readonly other: string | null; readonly rule: string; readonly key: string; readonly score: number }

/** Below this a membership is shown as uncertain. */
export const LEAST_SURE = 0.8

/**
 * A picture to compute with. Its unit is the request: the stages of one auditID together, told by the fullest of them, numbered
 * in order of time. Times are milliseconds after the trigger (after the first line where the trigger is not among them).
 */
export class OpenPicture {
  readonly context: PictureContext
  readonly change: TriggerChange | null
  readonly requests: number
  readonly lines: number
  /** The trigger's number, -1 where it is not among the lines. */
  readonly trigger: number
  /** NaN for a request without a time. */
  readonly after: Float64Array
  /** Microseconds since the epoch of millisecond 0; null where no line has a time. */
  readonly zero: number | null
  readonly #picture: ContextPicture
  /** The line that tells a request, and the line by which it began. */
  readonly #main: Int32Array
  readonly #first: Int32Array
  readonly #numbers: ReadonlyMap<string, number>
  readonly #requestOfLine: Int32Array
  readonly #linkStart: Uint32Array

  constructor(picture: ContextPicture) {
    this.#picture = picture
    this.context = picture.context
    this.change = picture.change
    this.lines = picture.lines.auditID.length
    const numbers = new Map<string, number>()
    const [main, first]: [number[], number[]] = [[], []]
    this.#requestOfLine = new Int32Array(this.lines)
    picture.lines.auditID.forEach((auditID, line) => {
      const known = numbers.get(auditID)
      const request = known ?? numbers.size
      if (known === undefined) {
        numbers.set(auditID, request)
        first.push(line)
      }
      main[request] = line
      this.#requestOfLine[line] = request
    })
    this.#numbers = numbers
    this.#main = Int32Array.from(main)
    this.#first = Int32Array.from(first)
    this.requests = numbers.size
    this.trigger = numbers.get(picture.context.trigger) ?? -1
    const micros = picture.lines.micros
    const begun = this.trigger < 0 ? 0 : (micros[this.#first[this.trigger] ?? -1] ?? 0)
    this.zero = micros.some((value) => value !== null) ? picture.base + begun : null
    this.after = Float64Array.from(first, (line) => { const value = micros[line] ?? null; return value === null ? Number.NaN : (value - begun) / 1000 })
    this.#linkStart = linkStarts(picture.links.of, this.#requestOfLine, this.requests)
  }

  /** The request of an auditID, -1 where there is none. */
  find(auditID: string | null): number {
    return auditID === null ? -1 : (this.#numbers.get(auditID) ?? -1)
  }

  auditID(request: number): string {
    return this.#picture.lines.auditID[this.#main[request] ?? -1] ?? ''
  }

  /** The line of the log that tells the request. */
  seq(request: number): number {
    return this.#picture.lines.seq[this.#main[request] ?? -1] ?? -1
  }

  text(column: WordColumn, request: number): string | null {
    return this.#picture.words[this.code(column, request)] ?? null
  }

  /** The place of a column's word, the same for the same word in every column; -1 for none. */
  code(column: WordColumn, request: number): number {
    return this.#picture.lines[column][this.#main[request] ?? -1] ?? -1
  }

  number(column: Exclude<NumberColumn, 'micros'>, request: number): number | null {
    return this.#picture.lines[column][this.#main[request] ?? -1] ?? null
  }

  role(request: number): Role {
    return (this.text('role', request) as Role | null) ?? 'background'
  }

  corrected(request: number): boolean {
    return this.#picture.lines.corrected[this.#main[request] ?? -1] === 1
  }

  failed(request: number): boolean {
    return (this.number('code', request) ?? 0) >= 400
  }

  uncertain(request: number): boolean {
    const confidence = this.number('confidence', request)
    return request !== this.trigger && confidence !== null && confidence < LEAST_SURE
  }

  /** Lines of the log that one request has: its stages. */
  stages(request: number): { stage: string | null; seq: number }[] {
    const found: { stage: string | null; seq: number }[] = []
    const { lines, words } = this.#picture
    for (let line = this.#first[request] ?? 0; line <= (this.#main[request] ?? -1); line++) if (this.#requestOfLine[line] === request) found.push({ stage: words[lines.stage[line] ?? -1] ?? null, seq: lines.seq[line] ?? -1 })
    return found
  }

  /** Why the request is here, the strongest first. */
  links(request: number): PictureLink[] {
    const { links, words } = this.#picture
    const found: PictureLink[] = []
    for (let place = this.#linkStart[request] ?? 0; place < (this.#linkStart[request + 1] ?? 0); place++) {
      const to = links.to[place] ?? -1
      found.push({ to: to < 0 ? -1 : (this.#requestOfLine[to] ?? -1), other: words[links.other[place] ?? -1] ?? null, rule: words[links.rule[place] ?? -1] ?? '', key: words[links.key[place] ?? -1] ?? '', score: links.score[place] ?? 0 })
    }
    return found.sort((a, b) => b.score - a.score)
  }
}

/** Where each request's links begin; links stand in order of their lines, so in order of requests. */
function linkStarts(of: readonly number[], requestOfLine: Int32Array, requests: number): Uint32Array {
  const starts = new Uint32Array(requests + 1)
  for (const line of of) {
    const at = (requestOfLine[line] ?? 0) + 1
    starts[at] = (starts[at] ?? 0) + 1
  }
  for (let request = 1; request <= requests; request++) starts[request] = (starts[request] ?? 0) + (starts[request - 1] ?? 0)
  return starts
}

/**
 * Reads what came as JSON. Every column must be as long as the lines.
 * @throws AuditweaveError 'bad-picture'
 */
export function openPicture(value: unknown): OpenPicture {
  const picture = value as ContextPicture | null
  const length = picture?.lines?.auditID?.length
  if (typeof picture !== 'object' || picture === null || picture.version !== 1 || length === undefined || typeof picture.context?.trigger !== 'string' || !Array.isArray(picture.words)) throw bad('it is no picture of a context')
  for (const column of [...WORD_COLUMNS, ...NUMBER_COLUMNS, 'seq', 'corrected'] as const) if (!Array.isArray(picture.lines[column]) || picture.lines[column].length !== length) throw bad(`its column "${column}" has not ${length} values`)
  const { of, ...others } = picture.links
  for (const [name, column] of Object.entries(others)) if (column.length !== of.length) throw bad(`its links' column "${name}" has not ${of.length} values`)
  if (of.some((line, place) => line < 0 || line >= length || line < (of[place - 1] ?? 0))) throw bad('its links are out of order')
  return new OpenPicture(picture)
}

function bad(why: string): AuditweaveError {
  return new AuditweaveError('bad-picture', `The server's picture of the context cannot be shown: ${why}. Reload the page; if it stays, the page and the server are of different versions.`)
}
