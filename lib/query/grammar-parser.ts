import { get_parser, UnexpectedToken, type Tree } from './generated/parser.mjs'

let parser: { parse(text: string): Tree } | null = null

/** The parse tree of a text; throws UnexpectedToken or UnexpectedCharacters of the generated parser. */
export function parseTree(text: string): Tree {
  parser ??= get_parser({ propagate_positions: true })
  return parser.parse(text)
}

/**
 * The terminals that may follow a text: empty where the text itself does not parse.
 * The generated parser tells them exactly only at the end of its input, so it is asked about the part before a place.
 */
export function terminalsAfter(text: string): ReadonlySet<string> {
  const open = expectedAtEnd(text)
  if (open === null) return new Set(['_AND', '_OR', '$END'])
  // At its end the parser has already closed the test before a bracket, and forgets that it could go on.
  if (open.size === 1 && open.has('RPAR') && expectedAtEnd(`${text} and`)?.has('NAME')) return new Set(['_AND', '_OR', 'RPAR'])
  return open
}

/** Null where the text is a whole query, empty where it is wrong before its end. */
function expectedAtEnd(text: string): ReadonlySet<string> | null {
  try {
    parseTree(text)
    return null
  } catch (error) {
    return error instanceof UnexpectedToken && error.token.type === '$END' ? new Set(error.expected) : new Set()
  }
}
