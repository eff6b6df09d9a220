import { isClosed, scanQuery, type ScanToken } from './scan'

/** Where in an incomplete text a person is typing. */
export interface Cursor {
  /** What stands before the word. */
  readonly before: string
  /** The piece being typed, from its start to the cursor; empty after a space. */
  readonly word: string
  readonly start: number
  /** The word is a quoted text that is still open. */
  readonly inText: boolean
  /** The path whose value is wanted at the cursor, as written; null where none is. */
  readonly comparedPath: string | null
}

export function cursorAt(text: string, position: number): Cursor {
  const typed = text.slice(0, position)
  const tokens = scanQuery(typed)
  const last = tokens.at(-1)
  const typing = last !== undefined && isTyping(last, typed)
  const earlier = typing ? tokens.slice(0, -1) : tokens
  const start = typing ? last.start : position
  return {
    before: typed.slice(0, start),
    word: typed.slice(start),
    start,
    inText: typing && last.kind === 'text',
    comparedPath: comparedPath(earlier),
  }
}

/** A closed text, a mark or an operator is done; a word or an open text that touches the cursor is not. */
function isTyping(token: ScanToken, typed: string): boolean {
  if (token.end !== typed.length) return false
  if (token.kind === 'text') return !isClosed(token)
  return token.kind === 'path' || token.kind === 'value' || (token.kind === 'keyword' && /[a-z]/i.test(token.text))
}

/** `path ==`, `path in (a,`, `contains(path,`: the path; else null. */
function comparedPath(tokens: readonly ScanToken[]): string | null {
  const last = tokens.at(-1)
  const previous = tokens.at(-2)
  if (last?.kind === 'operator') return previous?.kind === 'path' ? previous.text : null
  if (last?.kind === 'keyword' && INFIX.test(last.text)) return infixPath(tokens)
  let index = tokens.length - 1
  while (index >= 0 && isListItem(tokens[index])) index--
  const opener = tokens[index]
  if (opener?.text !== '(' && opener?.text !== '[') return null
  return /^in~?$/i.test(tokens[index - 1]?.text ?? '') ? listPath(tokens, index - 1) : functionPath(tokens, index)
}

const INFIX = /^(?:contains|startsWith|endsWith)~?$/

function infixPath(tokens: readonly ScanToken[]): string | null {
  const before = tokens.at(-2)
  const path = before?.text.toLowerCase() === 'not' ? tokens.at(-3) : before
  return path?.kind === 'path' ? path.text : null
}

function isListItem(token: ScanToken | undefined): boolean {
  return token !== undefined && (token.text === ',' || token.kind === 'text' || token.kind === 'value' || token.kind === 'path')
}

function listPath(tokens: readonly ScanToken[], inAt: number): string | null {
  const before = tokens[inAt - 1]
  const path = before?.text.toLowerCase() === 'not' ? tokens[inAt - 2] : before
  return path?.kind === 'path' ? path.text : null
}

/** Only after the comma: before it the path itself is being typed. */
function functionPath(tokens: readonly ScanToken[], openerAt: number): string | null {
  const path = tokens[openerAt + 1]
  return path?.kind === 'path' && tokens[openerAt + 2]?.text === ',' ? path.text : null
}
