import { el, safeText, type Markup } from '@/lib/export/markup'
import { mathMarkup } from './math'

const DEEPEST = 12
/** Characters that marks may lie apart, so that hostile text stays quick. */
const LONGEST_SPAN = 2000

/** Where one of these begins, something may: everything else is plain text. */
const SPECIAL = /[\\`*_~[<$!]|https?:\/\//g

/**
 * The inline part of Markdown: code, mathematics between dollar signs, strong, emphasis, struck text, links. Raw HTML stays text, and pictures
 * become links, as nothing is loaded from elsewhere.
 */
export function inlineMarkup(text: string, depth = 0): Markup[] {
  if (depth > DEEPEST) return [plain(text)]
  const out: Markup[] = []
  let from = 0
  SPECIAL.lastIndex = 0
  for (let at = nextSpecial(text, 0); at >= 0; at = nextSpecial(text, at)) {
    const found = readAt(text, at, depth)
    if (!found) {
      at++
      continue
    }
    if (at > from) out.push(plain(text.slice(from, at)))
    out.push(...found.markup)
    from = found.end
    at = found.end
  }
  if (from < text.length) out.push(plain(text.slice(from)))
  return out
}

function nextSpecial(text: string, from: number): number {
  SPECIAL.lastIndex = from
  return SPECIAL.exec(text)?.index ?? -1
}

function plain(text: string): string {
  return safeText(text.replace(/\s*\n\s*/g, ' ').replaceAll('\t', ' '))
}

interface Found { readonly markup: readonly Markup[]; readonly end: number }

function readAt(text: string, at: number, depth: number): Found | null {
  switch (text[at]) {
    case '\\': return readEscape(text, at)
    case '`': return readCode(text, at)
    case '$': return readMath(text, at)
    case '*':
    case '_': return readEmphasis(text, at, depth)
    case '~': return text.startsWith('~~', at) ? readBetween(text, at, '~~', 'del', depth) : null
    case '!': return text[at + 1] === '[' ? readLink(text, at + 1, depth) : null
    case '[': return readLink(text, at, depth)
    case '<': return readAngle(text, at)
    default: return readAddress(text, at)
  }
}

function readEscape(text: string, at: number): Found | null {
  const next = text[at + 1] ?? ''
  if (next === '\n') return { markup: [el('br')], end: at + 2 }
  return /[!-/:-@[-`{-~]/.test(next) ? { markup: [next], end: at + 2 } : null
}

function readCode(text: string, at: number): Found | null {
  let count = 1
  while (text[at + count] === '`') count++
  const marks = '`'.repeat(count)
  for (let end = text.indexOf(marks, at + count); end >= 0; end = text.indexOf(marks, end + 1)) {
    if (text[end - 1] === '`' || text[end + count] === '`') continue
    const inner = text.slice(at + count, end).replaceAll('\n', ' ')
    const code = /^ .*[^ ].* $/.test(inner) ? inner.slice(1, -1) : inner
    return { markup: [el('code', {}, safeText(code))], end: end + count }
  }
  // A run without a partner is text as a whole.
  return { markup: [marks], end: at + count }
}

function readMath(text: string, at: number): Found | null {
  if (/[\s\d$]/.test(text[at + 1] ?? ' ') && !/^\$\d+[^$\n]*[\\^_=<>+][^$\n]*\$/.test(text.slice(at, at + 400))) return null
  const end = text.indexOf('$', at + 1)
  const tex = text.slice(at + 1, end)
  if (end < 0 || tex.trimEnd() !== tex || tex.length > 2000 || tex.includes('\n\n') || /\d/.test(text[end + 1] ?? '')) return null
  return { markup: [mathMarkup(tex, 'inline')], end: end + 1 }
}

function readEmphasis(text: string, at: number, depth: number): Found | null {
  const sign = text[at] ?? ''
  if (sign === '_' && /[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return null
  return text[at + 1] === sign ? readBetween(text, at, sign + sign, 'strong', depth) : readBetween(text, at, sign, 'em', depth)
}

function readBetween(text: string, at: number, marks: string, tag: string, depth: number): Found | null {
  const begin = at + marks.length
  if (/\s/.test(text[begin] ?? ' ')) return null
  for (let end = text.indexOf(marks, begin + 1); end >= 0 && end - begin < LONGEST_SPAN; end = text.indexOf(marks, end + marks.length)) {
    const inWord = marks[0] === '_' && /[\p{L}\p{N}]/u.test(text[end + marks.length] ?? '')
    const longer = marks.length === 1 && (text[end + 1] === marks || text[end - 1] === marks)
    if (/\s/.test(text[end - 1] ?? ' ') || inWord || longer || text[end - 1] === '\\') continue
    return { markup: [el(tag, {}, inlineMarkup(text.slice(begin, end), depth + 1))], end: end + marks.length }
  }
  return null
}

function readLink(text: string, at: number, depth: number): Found | null {
  const close = closingBracket(text, at)
  if (close < 0 || text[close + 1] !== '(') return null
  const [whole = '', address = ''] = /^\(\s*<?([^\s()<>]{1,2000}(?:\([^\s()<>]{0,500}\))?[^\s()<>]{0,500})>?(?:\s+"[^"\n]{0,500}")?\s*\)/.exec(text.slice(close + 1, close + 4000)) ?? []
  if (whole === '') return null
  const inner = inlineMarkup(text.slice(at + 1, close), depth + 1)
  const href = safeHref(address)
  return { markup: href === null ? [...inner, plain(` (${address})`)] : [el('a', { href, class: 'link' }, inner)], end: close + 1 + whole.length }
}

function closingBracket(text: string, at: number): number {
  let open = 0
  for (let index = at; index < Math.min(text.length, at + LONGEST_SPAN / 2); index++) {
    if (text[index] === '\\') index++
    else if (text[index] === '[') open++
    else if (text[index] === ']' && --open === 0) return index
  }
  return -1
}

function readAngle(text: string, at: number): Found | null {
  const address = /^<(https?:\/\/[^\s<>]{1,2000})>/.exec(text.slice(at, at + 2100))?.[1]
  const href = address === undefined ? null : safeHref(address)
  return address === undefined || href === null ? null : { markup: [el('a', { href, class: 'link' }, plain(address))], end: at + address.length + 2 }
}

function readAddress(text: string, at: number): Found | null {
  const address = /^https?:\/\/[^\s<>"'`]{1,2000}/.exec(text.slice(at, at + 2100))?.[0].replace(/[.,;:!?)\]*_]+$/, '') ?? ''
  const href = safeHref(address)
  return address.length < 9 || href === null ? null : { markup: [el('a', { href, class: 'link' }, plain(address))], end: at + address.length }
}

/** An address that a link may lead to: the web, a mailbox, or a place of this application; null for all else. */
export function safeHref(address: string): string | null {
  if (/[\p{Cc}\p{Cf}\s\\]/u.test(address)) return null
  if (/^(?:https?:\/\/[^/]|mailto:)/i.test(address)) return address
  return /^(?:\/(?!\/)|#)/.test(address) ? address : null
}
