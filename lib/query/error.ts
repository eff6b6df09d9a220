import { AuditweaveError } from '@/lib/audit/errors'

/** syntax: not of the grammar; field: no such field; type: a value that the field cannot have; regexp: a bad pattern; limit: too large. */
export type QueryErrorCode = 'query-syntax' | 'query-field' | 'query-type' | 'query-regexp' | 'query-limit'

/** Half-open range of UTF-16 offsets in the query's text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A correction: putting `text` in place of the span takes it. */
export interface Suggestion extends Span {
  readonly text: string
}

/** What is wrong with a query and where; `message` says it in words, with line and column. */
export class QueryError extends AuditweaveError {
  declare readonly code: QueryErrorCode
  /** What is wrong, without the place. */
  readonly problem: string
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
  readonly start: number
  readonly end: number
  /** What would have fitted, in words, best first; empty where the grammar is content. */
  readonly expected: readonly string[]
  /** What was probably meant, and the part of the text that it would replace. */
  readonly suggestion: Suggestion | null

  constructor(code: QueryErrorCode, problem: string, text: string, span: Span, expected: readonly string[] = [], suggestion: Suggestion | null = null) {
    const before = text.slice(0, span.start).split('\n')
    const line = before.length
    const column = (before.at(-1) ?? '').length + 1
    const hope = expected.length > 0 ? `: expected ${joinWords(expected)}` : ''
    super(code, `${problem} at line ${line}, column ${column}${hope}`)
    this.problem = problem
    this.line = line
    this.column = column
    this.start = span.start
    this.end = span.end
    this.expected = Object.freeze([...expected])
    this.suggestion = suggestion
  }
}

/** Structural, so that errors from another bundle of this file are recognised too. */
export function isQueryError(error: unknown): error is QueryError {
  if (!(error instanceof Error)) return false
  const { code, start, end } = error as Partial<QueryError>
  return typeof code === 'string' && code.startsWith('query-') && typeof start === 'number' && typeof end === 'number'
}

/** `a`, `a or b`, `a, b or c`. */
export function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
