import type { QueryError } from './error'

const WIDTH = 100

/**
 * The error's message, the line of the query, and a caret under the place, for a terminal or a log:
 * what the terminal would obey (escapes, bidirectional marks) is shown as a middle dot, and long lines are cut around the place.
 */
export function formatQueryError(text: string, error: QueryError): string {
  const line = text.split('\n')[error.line - 1] ?? ''
  const from = Math.max(0, error.column - 1 - WIDTH / 2)
  const shown = line.slice(from, from + WIDTH)
  const at = error.column - 1 - from
  const length = Math.max(1, Math.min(error.end - error.start, shown.length - at))
  return `${visible(error.message)}\n  ${visible(shown)}\n  ${' '.repeat(at)}${'^'.repeat(length)}`
}

function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (char) => '·'.repeat(char.length))
}
