/** How the records lie in the bytes: one a line, or JSON values of any layout. */
export type Layout =
  | { readonly kind: 'lines' }
  | { readonly kind: 'values'; readonly shape: 'eventlist' | 'array' | 'jsonl' }

/** How many bytes from the beginning decide on the layout. */
export const HEAD_BYTES = 1 << 16

const LINES: Layout = { kind: 'lines' }
const CONTAINER = /^"(?:items|records|logEvents|events|results|entries)"\s*:\s*\[/

type Scan = { end: number } | { list: number } | { open: true } | { damaged: true }

/** Where the first object closes, or where a known list opens in it. */
function scanObject(head: string, start: number): Scan {
  const open: string[] = []
  for (let i = start; i < head.length; i++) {
    const c = head[i] as string
    if (c === '"') {
      if (open.length === 1 && CONTAINER.test(head.slice(i, i + 64))) return { list: i }
      i = endOfString(head, i)
    } else if (c === '{' || c === '[') {
      if (c === '{' && open.length > 0 && !mayOpen(head, i, open.at(-1))) return { damaged: true }
      open.push(c)
    } else if (c === '}' || c === ']') {
      open.pop()
      if (open.length === 0) return { end: i }
    }
  }
  return { open: true }
}

/** An object may stand behind a colon, or in a list; elsewhere the line above it was cut. */
function mayOpen(head: string, at: number, inside: string | undefined): boolean {
  let before = at - 1
  while (before > 0 && /\s/.test(head[before] as string)) before--
  return inside === '[' ? ',['.includes(head[before] as string) : head[before] === ':'
}

function endOfString(text: string, quote: number): number {
  for (let i = quote + 1; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '"' || text[i] === '\n') return text[i] === '"' ? i : i - 1
  }
  return text.length
}

/**
 * Decides from the first bytes. Lines are preferred, because one damaged line then costs that line alone; values are
 * for a JSON list, a list inside an object, pretty-printed objects, and objects that follow one another on one line.
 */
export function detectLayout(head: string): Layout {
  const start = head.search(/[^\s\0\ufeff]/)
  if (start < 0) return LINES
  if (head[start] === '[') return /^\[\s*(?:[{[\]]|$)/.test(head.slice(start, start + 4096)) ? { kind: 'values', shape: 'array' } : LINES
  if (head[start] !== '{') return LINES
  const scan = scanObject(head, start)
  const newline = head.indexOf('\n', start)
  if ('list' in scan) return listLayout(head, start, scan.list, newline)
  if ('damaged' in scan) return LINES
  if ('open' in scan) return newline >= 0 ? { kind: 'values', shape: 'jsonl' } : LINES
  const oneLine = newline < 0 || scan.end < newline
  const behind = head.slice(scan.end + 1, newline < 0 ? undefined : newline)
  return !oneLine || /^[ \t\r]*\{/.test(behind) ? { kind: 'values', shape: 'jsonl' } : LINES
}

/** A list object that ends on its own line, with another line of JSON below, is one line among many. */
function listLayout(head: string, start: number, list: number, newline: number): Layout {
  if (newline > list) {
    try {
      JSON.parse(head.slice(start, newline))
      if (/^\s*\{/.test(head.slice(newline + 1))) return LINES
    } catch {
      // the list goes on below: values
    }
  }
  return { kind: 'values', shape: 'eventlist' }
}
