import { isCellInfo } from '../fence'

/** A range of Markdown that becomes a cell; `line` counts from 1. */
export interface Piece { readonly start: number; readonly end: number; readonly fenced: boolean; readonly line: number }

/** Ranges of the cells from `from` on, without the white space between them, so that the text can be put together again. */
export function piecesOf(text: string, from: number): Piece[] {
  const pieces: Piece[] = []
  let begin = from
  const flush = (end: number): void => {
    const range = trimmed(text, begin, end)
    if (range) pieces.push({ ...range, fenced: false, line: lineOf(text, range.start) })
    begin = end
  }
  for (let at = from === 0 ? 0 : nextLine(text, from); at < text.length;) {
    const fence = fenceAt(text, at)
    if (fence?.cell) {
      flush(at)
      pieces.push({ start: at, end: fence.end, fenced: true, line: lineOf(text, at) })
      begin = fence.end
    } else if (!fence && /^#{1,2} /.test(text.slice(at, at + 3))) flush(at)
    at = nextLine(text, fence ? fence.end : at)
  }
  flush(text.length)
  return pieces
}

function trimmed(text: string, begin: number, end: number): { start: number; end: number } | null {
  const body = text.slice(begin, end)
  const content = body.trimEnd()
  const lead = /^(?:[^\S\n]*\n)*/.exec(content)?.[0].length ?? 0
  return content === '' ? null : { start: begin + lead, end: begin + content.length }
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}

function lineOf(text: string, at: number): number {
  let line = 1
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', end + 1)) line++
  return line
}

interface Marks { readonly indent: number; readonly sign: string; readonly count: number; readonly rest: string }

/** The run of backticks or tildes that a line begins with; null where it begins with none. */
export function fenceMarks(line: string): Marks | null {
  const indent = line.length - line.trimStart().length
  const sign = line[indent] ?? ''
  if (indent > 3 || line.slice(0, indent).includes('\t') || (sign !== '`' && sign !== '~')) return null
  let count = 0
  while (line[indent + count] === sign) count++
  return count < 3 ? null : { indent, sign, count, rest: line.slice(indent + count) }
}

/** The fenced block that begins on the line at `at`, as CommonMark has it; `cell` where it is one of ours. One that is not closed runs to the end. */
function fenceAt(text: string, at: number): { readonly end: number; readonly cell: boolean } | null {
  const open = fenceMarks(lineAt(text, at))
  if (!open || (open.sign === '`' && open.rest.includes('`'))) return null
  for (let next = nextLine(text, at); next < text.length; next = nextLine(text, next)) {
    const close = fenceMarks(lineAt(text, next))
    if (!close || close.sign !== open.sign || close.count < open.count || close.rest.trim() !== '') continue
    const plain = open.indent === 0 && close.indent === 0 && open.sign === '`' && close.count === open.count
    return { end: next + close.indent + close.count, cell: plain && isCellInfo(open.rest) }
  }
  return { end: text.length, cell: false }
}

function lineAt(text: string, at: number): string {
  const end = text.indexOf('\n', at)
  return text.slice(at, end < 0 ? text.length : end)
}
