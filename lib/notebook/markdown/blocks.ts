import { el, safeText, type Markup, type MarkupElement } from '@/lib/export/markup'
import { inlineMarkup } from './inline'
import { mathMarkup } from './math'
import { fenceMarks } from './pieces'

const DEEPEST = 8
const ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])( +|$)/
const RULE = /^ {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$/
const HEADING = /^ {0,3}(#{1,6})(?: +(.*?))?(?: +#+)? *$/

/** Markdown as elements: headings (one level down, as the title is the page's), paragraphs, lists, tables, quotes, code, `$$` mathematics. */
export function markdownMarkup(text: string): Markup[] {
  return blocksOf(text.replaceAll('\r\n', '\n').replaceAll('\t', '    ').split('\n'), 0)
}

function blocksOf(lines: readonly string[], depth: number): MarkupElement[] {
  const out: MarkupElement[] = []
  for (let at = 0; at < lines.length;) {
    if ((lines[at] ?? '').trim() === '') {
      at++
      continue
    }
    const [block, taken] = depth > DEEPEST ? [paragraph(lines.slice(at)), lines.length - at] : readBlock(lines, at, depth)
    out.push(block)
    at += Math.max(1, taken)
  }
  return out
}

type Read = readonly [block: MarkupElement, lines: number]

function readBlock(lines: readonly string[], at: number, depth: number): Read {
  const line = lines[at] ?? ''
  const heading = HEADING.exec(line)
  if (heading) return [el(`h${Math.min(6, (heading[1]?.length ?? 1) + 1)}`, {}, inlineMarkup(heading[2] ?? '')), 1]
  if (fenceMarks(line) && !(line.trimStart().startsWith('`') && line.trimStart().replace(/^`+/, '').includes('`'))) return readCode(lines, at)
  if (line.trimStart().startsWith('$$')) {
    const math = readMath(lines, at)
    if (math) return math
  }
  if (RULE.test(line)) return [el('hr'), 1]
  if (/^ {0,3}>/.test(line)) return readQuote(lines, at, depth)
  if (ITEM.test(line)) return readList(lines, at, depth)
  return readTable(lines, at) ?? readParagraph(lines, at)
}

function readCode(lines: readonly string[], at: number): Read {
  const open = fenceMarks(lines[at] ?? '')
  const body: string[] = []
  for (let next = at + 1; next < lines.length; next++) {
    const line = lines[next] ?? ''
    const close = fenceMarks(line)
    if (close && close.sign === open?.sign && close.count >= open.count && close.rest.trim() === '') return [code(body), next - at + 1]
    body.push(line)
  }
  return [code(body), lines.length - at]
}

function code(body: readonly string[]): MarkupElement {
  return el('pre', { tabindex: 0 }, el('code', {}, body.map((line) => safeText(line)).join('\n')))
}

function readMath(lines: readonly string[], at: number): Read | null {
  const first = (lines[at] ?? '').trim()
  const single = /^\$\$(.+)\$\$$/.exec(first)?.[1]
  if (single !== undefined) return [mathMarkup(single.trim(), 'block'), 1]
  const end = lines.findIndex((line, index) => index > at && line.trim().endsWith('$$'))
  if (end < 0) return null
  const tex = [first.slice(2), ...lines.slice(at + 1, end), (lines[end] ?? '').trim().slice(0, -2)].join('\n').trim()
  return [mathMarkup(tex, 'block'), end - at + 1]
}

function readQuote(lines: readonly string[], at: number, depth: number): Read {
  const taken = countWhile(lines, at, (line) => /^ {0,3}>/.test(line))
  return [el('blockquote', {}, blocksOf(lines.slice(at, at + taken).map((line) => line.replace(/^ {0,3}> ?/, '')), depth + 1)), taken]
}

function readList(lines: readonly string[], at: number, depth: number): Read {
  const ordered = /\d/.test(ITEM.exec(lines[at] ?? '')?.[2] ?? '')
  const items: string[][] = []
  let width = 0
  let next = at
  for (; next < lines.length; next++) {
    const line = lines[next] ?? ''
    const item = ITEM.exec(line)
    const indent = line.length - line.trimStart().length
    if (item && indent < Math.max(2, width) && /\d/.test(item[2] ?? '') === ordered && !RULE.test(line)) {
      width = item[0].length
      items.push([line.slice(width)])
    } else if (line.trim() === '' ? continues(lines, next, width) : indent >= width || !startsBlock(line, lines[next - 1] ?? '')) items.at(-1)?.push(line.slice(Math.min(indent, width)))
    else break
  }
  const start = ordered ? Number.parseInt(ITEM.exec(lines[at] ?? '')?.[2] ?? '1', 10) : 1
  return [el(ordered ? 'ol' : 'ul', start === 1 ? {} : { start }, items.map((item) => el('li', {}, itemContent(item, depth)))), next - at]
}

/** An item of one paragraph is written without it, so that lists stay tight. */
function itemContent(lines: readonly string[], depth: number): readonly Markup[] {
  const blocks = blocksOf(lines, depth + 1)
  return blocks.flatMap((block, index): readonly Markup[] => (index === 0 && block.tag === 'p' ? block.children : [block]))
}

/** Whether an empty line is inside a list: what follows is indented or another item. */
function continues(lines: readonly string[], at: number, width: number): boolean {
  const next = lines.slice(at + 1).find((line) => line.trim() !== '')
  return next !== undefined && (ITEM.test(next) || next.length - next.trimStart().length >= width)
}

function startsBlock(line: string, before: string): boolean {
  return before.trim() === '' || HEADING.test(line) || RULE.test(line) || fenceMarks(line) !== null || ITEM.test(line) || /^ {0,3}>/.test(line)
}

/** The cells of a table's line; a bar after a backslash or inside code is no border. */
function cellsOf(line: string): string[] {
  const cells: string[] = []
  let [cell, quoted] = ['', false]
  for (let at = 0; at < line.length; at++) {
    const sign = line[at] ?? ''
    if (sign === '`') quoted = !quoted
    if (sign === '\\' && line[at + 1] === '|') {
      cell += '|'
      at++
    } else if (sign === '|' && !quoted) {
      cells.push(cell.trim())
      cell = ''
    } else cell += sign
  }
  cells.push(cell.trim())
  return cells.slice(line.trimStart().startsWith('|') ? 1 : 0, line.trimEnd().endsWith('|') && cells.length > 1 ? -1 : undefined)
}

function readTable(lines: readonly string[], at: number): Read | null {
  const [head = '', rule = ''] = [lines[at], lines[at + 1]]
  if (!head.includes('|') || !/^ {0,3}\|?(?: *:?-+:? *\|)* *:?-+:? *\|? *$/.test(rule) || !rule.includes('-')) return null
  const [names, marks] = [cellsOf(head), cellsOf(rule)]
  if (names.length !== marks.length) return null
  const taken = 2 + countWhile(lines, at + 2, (line) => line.includes('|') && line.trim() !== '')
  const side = (index: number): Record<string, string> => (marks[index]?.endsWith(':') ? { class: 'figure' } : {})
  const rows = lines.slice(at + 2, at + taken).map((line) => {
    const cells = cellsOf(line)
    return el('tr', {}, names.map((_, index) => el('td', side(index), inlineMarkup(cells[index] ?? ''))))
  })
  const header = el('thead', {}, el('tr', {}, names.map((name, index) => el('th', { scope: 'col', ...side(index) }, inlineMarkup(name)))))
  return [el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Table' }, el('table', {}, header, el('tbody', {}, rows))), taken]
}

function readParagraph(lines: readonly string[], at: number): Read {
  const taken = 1 + countWhile(lines, at + 1, (line) => line.trim() !== '' && !startsBlock(line, 'x') && !line.trimStart().startsWith('$$'))
  return [paragraph(lines.slice(at, at + taken)), taken]
}

function paragraph(lines: readonly string[]): MarkupElement {
  const text = lines.map((line) => (/ {2,}$/.test(line) ? `${line.trim()}\\` : line.trim())).join('\n').replace(/\\$/, '')
  return el('p', {}, inlineMarkup(text))
}

function countWhile(lines: readonly string[], from: number, holds: (line: string) => boolean): number {
  let at = from
  while (at < lines.length && holds(lines[at] ?? '')) at++
  return at - from
}
