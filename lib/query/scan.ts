export type ScanKind = 'path' | 'keyword' | 'text' | 'value' | 'operator' | 'mark' | 'unknown'

/** A piece of query text; unlike the parser's tokens, these exist in any text, however incomplete. */
export interface ScanToken {
  readonly kind: ScanKind
  readonly text: string
  readonly start: number
  readonly end: number
}

const QUOTED = String.raw`"(?:\\.|[^"\\\n\r])*"?|'(?:\\.|[^'\\\n\r])*'?`
const NAME = '[A-Za-z_][A-Za-z0-9_-]*'

const PIECES: readonly (readonly [ScanKind, RegExp])[] = [
  ['text', new RegExp(QUOTED, 'y')],
  ['keyword', /(?:and|or|not)(?![A-Za-z0-9_-])|in(?:~|(?![A-Za-z0-9_-]))|&&|\|\||!(?!=)/iy],
  ['keyword', /(?:contains|startsWith|endsWith|matches)(?:~(?!\s*\()|(?![A-Za-z0-9_.[~-]|\s*\())|now(?![A-Za-z0-9_])/y],
  // A function's `~` belongs to its name.
  ['path', /(?:regexp?|contains|startsWith|endsWith)~(?=\s*\()/y],
  ['path', new RegExp(`${NAME}(?:\\.(?:${NAME})?|\\[(?:${QUOTED}|[0-9]+|\\*)?\\]?)*`, 'y')],
  ['value', /-?[0-9][0-9A-Za-z_.:+-]*/y],
  ['operator', /[=!]=~|[=!<>]=|[<>]/y],
  ['mark', /[()[\],.*]/y],
]

/** Splits any text into pieces; white space is left out. */
export function scanQuery(text: string): ScanToken[] {
  const tokens: ScanToken[] = []
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text[at] ?? '')) {
      at++
      continue
    }
    const token = isSign(text, at, tokens.at(-1)) ? { kind: 'operator' as const, text: text[at] ?? '', start: at, end: at + 1 } : pieceAt(text, at)
    tokens.push(token)
    at = token.end
  }
  return tokens
}

/** Behind a value a sign moves it, as in `now -10m`; elsewhere it belongs to the number. */
function isSign(text: string, at: number, before: ScanToken | undefined): boolean {
  if (text[at] !== '-' && text[at] !== '+') return false
  return before !== undefined && (before.text === ']' || before.text === 'now' || before.kind === 'path' || before.kind === 'text' || before.kind === 'value')
}

function pieceAt(text: string, start: number): ScanToken {
  for (const [kind, pattern] of PIECES) {
    pattern.lastIndex = start
    const found = pattern.exec(text)?.[0]
    if (found) return { kind, text: found, start, end: start + found.length }
  }
  return { kind: 'unknown', text: text[start] ?? '', start, end: start + 1 }
}

/** Whether the quoted piece has its closing quote. */
export function isClosed(token: ScanToken): boolean {
  const body = token.text.slice(1).replace(/\\./g, '')
  return body.endsWith(token.text[0] ?? '')
}
