/** Elements as data: pages, HTML files and notebooks of other programs are made from the same tree, and nothing in it is ever read as markup. */
export type Markup = string | MarkupElement
export interface MarkupElement {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Markup[]
}

const VOID = new Set(['br', 'hr'])
const TAG = /^[a-z][a-z0-9]*$/i
const ATTRIBUTE = /^[a-zA-Z][a-zA-Z0-9-]*$/

export function el(tag: string, attributes: Readonly<Record<string, string | number | undefined>> = {}, ...children: readonly (Markup | readonly Markup[])[]): MarkupElement {
  const given = Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]))
  return { tag, attributes: Object.fromEntries(given), children: children.flat() }
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)
}

/** The tree as HTML: every text and every attribute escaped. Names of elements and attributes come from this program alone; others are an error. */
export function toHtml(markup: Markup | readonly Markup[]): string {
  if (typeof markup === 'string') return escapeHtml(markup)
  if (!('tag' in markup)) return markup.map(toHtml).join('')
  const { tag, attributes, children } = markup
  if (!TAG.test(tag)) throw new Error(`"${tag}" is no element.`)
  const written = Object.entries(attributes).map(([name, value]) => {
    if (!ATTRIBUTE.test(name) || /^on/i.test(name)) throw new Error(`"${name}" is no attribute.`)
    return ` ${name}="${escapeHtml(value)}"`
  })
  const open = `<${tag}${written.join('')}>`
  return VOID.has(tag) ? open : `${open}${children.map(toHtml).join('')}</${tag}>`
}

/** The text alone, blocks on lines of their own. */
export function toPlainText(markup: Markup | readonly Markup[]): string {
  return textOf(markup).replace(/[^\S\n]+\n/g, '\n').replace(/\n{3,}/g, '\n\n').trim()
}

const BLOCKS = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li', 'tr', 'table', 'figure', 'figcaption', 'pre', 'div', 'ul', 'ol', 'blockquote', 'text', 'title', 'dl', 'br', 'caption'])
const CELLS = new Set(['td', 'th', 'dt', 'dd'])

function textOf(markup: Markup | readonly Markup[]): string {
  if (typeof markup === 'string') return markup
  if (!('tag' in markup)) return markup.map(textOf).join('')
  const inner = markup.children.map(textOf).join('')
  return BLOCKS.has(markup.tag) ? `${inner}\n` : CELLS.has(markup.tag) ? `${inner}  ` : inner
}

const HIDDEN = /\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}|\p{Variation_Selector}/gu

/** Text of a log or a person for reading: characters that hide or reorder are named, as pages show them; at most `limit` characters. */
export function safeText(text: string, limit = 100_000): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}…` : text
  return cut.replace(HIDDEN, (sign) => `<U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`)
}
