import { parseQuery } from './parse'
import { scanQuery, type ScanToken } from './scan'
import { quote, unquote } from './text-literal'

const WIDTH = 100
const INDENT = '  '

/**
 * A query neatly written: one space between pieces, words in lower case, double quotes, and broken before its outermost
 * `and` or `or` where a line would be over 100 characters. It means what it meant, and formatting it again changes nothing.
 * Throws QueryError where the text is no query.
 */
export function formatQuery(text: string): string {
  parseQuery(text)
  return layOut(scanQuery(text).map(spelt), '')
}

interface Piece {
  readonly text: string
  /** What stands before it when it is not the first of a line. */
  readonly gap: '' | ' '
}

const WORDS: Readonly<Record<string, string>> = { '&&': 'and', '||': 'or', '!': 'not' }

function spelt(token: ScanToken, at: number, tokens: readonly ScanToken[]): Piece {
  return { text: textOf(token), gap: at === 0 ? '' : gapBetween(tokens[at - 1], token) }
}

function textOf({ kind, text }: ScanToken): string {
  if (kind === 'text') return quoted(text)
  if (kind === 'keyword') return WORDS[text] ?? (/^(?:and|or|not|in~?)$/i.test(text) ? text.toLowerCase() : text)
  return text
}

/** As written where it is in double quotes, so that patterns keep their backslashes; what cannot be seen is escaped. */
function quoted(text: string): string {
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text)) return quote(unquote(text))
  if (text.startsWith('"')) return text
  return /["\\]/.test(text) ? quote(unquote(text)) : `"${text.slice(1, -1)}"`
}

function gapBetween(before: ScanToken | undefined, token: ScanToken): Piece['gap'] {
  // A path breaks off behind its dot or bracket where a space follows.
  if (!before || before.text === '(' || before.text.endsWith('[') || before.text.endsWith('.')) return ''
  if (token.text === ')' || token.text === ']' || token.text === ',' || token.text === '.') return ''
  // A function's bracket, and a place in a path; a list after `in` stands apart.
  if (token.text === '(') return before.kind === 'path' ? '' : ' '
  if (token.text === '[') return before.kind === 'path' || before.text === ']' ? '' : ' '
  return ' '
}

function join(pieces: readonly Piece[]): string {
  return pieces.map(({ text, gap }, at) => (at === 0 ? text : gap + text)).join('')
}

function layOut(pieces: readonly Piece[], indent: string): string {
  const line = join(pieces)
  if (indent.length + line.length <= WIDTH) return line
  const parts = splitAt(pieces, 'or') ?? splitAt(pieces, 'and')
  if (parts) return parts.map((part) => layOut(part, indent)).join(`\n${indent}`)
  return openBracket(pieces, indent) ?? line
}

/** The parts before and from each outermost `and` or `or`; null where there is none. */
function splitAt(pieces: readonly Piece[], word: string): Piece[][] | null {
  const parts: Piece[][] = [[]]
  let depth = 0
  pieces.forEach((piece, at) => {
    if (isOpening(piece)) depth++
    if (isClosing(piece)) depth--
    if (depth === 0 && at > 0 && piece.text === word) parts.push([])
    parts.at(-1)?.push(piece)
  })
  return parts.length > 1 ? parts : null
}

/** Puts what stands in the last outermost bracket on lines of its own. */
function openBracket(pieces: readonly Piece[], indent: string): string | null {
  const close = pieces.length - 1
  if (pieces[close]?.text !== ')') return null
  const open = partnerOf(pieces, close)
  const inner = pieces.slice(open + 1, close)
  if (open < 0 || !(splitAt(inner, 'or') ?? splitAt(inner, 'and'))) return null
  const deeper = indent + INDENT
  return `${join(pieces.slice(0, open + 1))}\n${deeper}${layOut(inner, deeper)}\n${indent})`
}

function partnerOf(pieces: readonly Piece[], close: number): number {
  let depth = 0
  for (let at = close; at >= 0; at--) {
    const piece = pieces[at]
    if (piece && isClosing(piece)) depth++
    if (piece && isOpening(piece)) depth--
    if (depth === 0) return at
  }
  return -1
}

function isOpening({ text }: Piece): boolean {
  return text === '(' || text === '['
}

function isClosing({ text }: Piece): boolean {
  return text === ')' || text === ']'
}
