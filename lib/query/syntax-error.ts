import { QueryError, type Span } from './error'
import { UnexpectedCharacters, UnexpectedToken } from './generated/parser.mjs'
import { QUERY_FUNCTIONS } from './functions'
import { terminalsAfter } from './grammar-parser'
import { nearest } from './nearest'
import { nameTerminals } from './terminals'

/** The generated parser's complaint as a QueryError; null where the error is none of its. */
export function toSyntaxError(text: string, error: unknown): QueryError | null {
  if (error instanceof UnexpectedToken) {
    if (error.token.type === '$END') return endError(text)
    const start = error.token.start_pos
    const span = { start, end: error.token.end_pos ?? start + 1 }
    return unknownFunction(text, span) ?? unexpected(text, span, tokenHint(text, span))
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

/** A word before a bracket that is no function, said as such. */
function unknownFunction(text: string, span: Span): QueryError | null {
  if (text[span.start] !== '(') return null
  const word = /([A-Za-z_][A-Za-z0-9_-]*)(\s*)$/.exec(text.slice(0, span.start))
  const name = word?.[1]
  if (name === undefined || !terminalsAfter(text.slice(0, word?.index)).has('EXISTS')) return null
  const names = QUERY_FUNCTIONS.map((one) => one.name)
  const guess = nearest(name, names)
  const at = { start: word?.index ?? 0, end: (word?.index ?? 0) + name.length }
  const problem = `there is no function ${name}${guess ? `; did you mean ${guess}?` : ''}`
  return new QueryError('query-syntax', problem, text, at, [], guess ? { text: guess, ...at } : null)
}

/** Spellings of other languages. */
function tokenHint(text: string, { start, end }: Span): string {
  const before = text.slice(0, start).trimEnd()
  if (text[start] === '<' && text[start + 1] === '>') return ': write != for unequal'
  if (text[start] === '>' && before.endsWith('<')) return ': write != for unequal'
  const word = text.slice(start, end).toLowerCase()
  if (word === 'is') return ': write == to compare'
  if (word === 'like') return ': write contains, startsWith or matches'
  if (word === 'between') return ': write 1 <= x <= 5'
  return ''
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
    const problem = `'${number.slice(0, 40)}' is neither a number, nor a time such as 2026-11-23T06:39:45Z, nor a length of time such as 10m`
    return new QueryError('query-syntax', problem, text, { start, end: start + number.length })
  }
  const length = (text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1
  return unexpected(text, { start, end: start + length }, hintFor(char, rest))
}

function hintFor(char: string, rest: string): string {
  if (rest.startsWith('=~')) return ': write ==~ to compare whatever the case, or matches "pattern"'
  if (char === '=') return ': write == to compare'
  if (char === '~') return ': ~ stands right behind ==, !=, in, contains, startsWith, endsWith, matches or regexp'
  if (char === '&') return ': write && or and'
  if (char === '|') return ': write || or or'
  if ('“”„‘’'.includes(char)) return ': write straight quotes'
  return ''
}
