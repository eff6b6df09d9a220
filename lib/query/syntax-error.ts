import { QueryError, type Span } from './error'
import { UnexpectedCharacters, UnexpectedToken } from './generated/parser.mjs'
import { terminalsAfter } from './grammar-parser'
import { nameTerminals } from './terminals'

/** The generated parser's complaint as a QueryError; null where the error is none of its. */
export function toSyntaxError(text: string, error: unknown): QueryError | null {
  if (error instanceof UnexpectedToken) {
    if (error.token.type === '$END') return endError(text)
    const start = error.token.start_pos
    const span = { start, end: error.token.end_pos ?? start + 1 }
    return unexpected(text, span)
  }
  if (error instanceof UnexpectedCharacters) return characterError(text, error.pos_in_stream)
  return null
}

function endError(text: string): QueryError {
  const at = text.trimEnd().length
  const span = { start: at, end: at }
  if (at === 0) return new QueryError('query-syntax', 'the query is empty: write a comparison such as verb == "delete"', text, span)
  return new QueryError('query-syntax', 'unexpected end of the query', text, span, nameTerminals(terminalsAfter(text)))
}

function unexpected(text: string, span: Span, hint = ''): QueryError {
  const shown = text.slice(span.start, Math.min(span.end, span.start + 40))
  const problem = `unexpected ${shown.includes("'") ? shown : `'${shown}'`}${hint}`
  return new QueryError('query-syntax', problem, text, span, hint ? [] : nameTerminals(terminalsAfter(text.slice(0, span.start))))
}

/** A place where no token begins. */
function characterError(text: string, start: number): QueryError {
  const char = text[start] ?? ''
  const rest = text.slice(start)
  if (char === '"' || char === "'") {
    const end = start + (/^[^\n\r]*/.exec(rest)?.[0].length ?? 1)
    return new QueryError('query-syntax', `the text is not closed: its ${char} has no partner`, text, { start, end })
  }
  const number = /^-?[0-9][0-9A-Za-z_.:+-]*/.exec(rest)?.[0]
  if (number !== undefined) {
    const problem = `'${number.slice(0, 40)}' is neither a number nor a time such as 2026-11-23T06:39:45Z`
    return new QueryError('query-syntax', problem, text, { start, end: start + number.length })
  }
  const length = (text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1
  return unexpected(text, { start, end: start + length }, hintFor(char))
}

function hintFor(char: string): string {
  if (char === '=') return ': write == to compare'
  if (char === '&') return ': write && or and'
  if (char === '|') return ': write || or or'
  if ('“”„‘’'.includes(char)) return ': write straight quotes'
  return ''
}
