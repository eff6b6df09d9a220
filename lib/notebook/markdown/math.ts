import { el, safeText, type Markup, type MarkupElement } from '@/lib/export/markup'
import { ACCENT_SIGNS, FONTS, FUNCTION_NAMES, LARGE_SIGNS, LETTERS, SIGNS, SPACES } from './math-symbols'

/** What is not of the part of TeX that is known here. */
class UnknownTex extends Error {}

const TOKEN = /\\(?:[A-Za-z]+|[^A-Za-z])|\d+(?:\.\d+)?|\.\d+|\s+|./gsu
const DEEPEST = 40
const ENVIRONMENTS = new Map([['cases', ['{', '']], ['matrix', ['', '']], ['pmatrix', ['(', ')']], ['bmatrix', ['[', ']']], ['vmatrix', ['|', '|']], ['aligned', ['', '']], ['array', ['', '']]])
const NO_LIMITS = new Set(['∫', '∬', '∮'])

/**
 * TeX as MathML, which browsers draw without fonts or scripts of ours: letters, numbers, signs, fractions, roots, sub- and superscripts, sums with limits,
 * accents, brackets of any size, text, and arrays of rows. A formula with anything else is shown as it was typed.
 */
export function mathMarkup(tex: string, place: 'inline' | 'block'): MarkupElement {
  try {
    const reader = new TexReader(tex.match(TOKEN) ?? [], place)
    const content = reader.readAll()
    return el('math', { display: place, class: 'math', 'aria-label': safeText(tex, 300) }, el('mrow', {}, content))
  } catch (error) {
    if (!(error instanceof UnknownTex)) throw error
    return el(place === 'block' ? 'pre' : 'code', { class: 'math', title: error.message }, safeText(tex))
  }
}

class TexReader {
  readonly #tokens: readonly string[]
  readonly #place: 'inline' | 'block'
  #at = 0
  #depth = 0

  constructor(tokens: readonly string[], place: 'inline' | 'block') {
    this.#tokens = tokens
    this.#place = place
  }

  readAll(): Markup[] {
    const row = this.#row(() => false)
    if (this.#at < this.#tokens.length) throw new UnknownTex(`"${this.#tokens[this.#at] ?? ''}" has no beginning.`)
    return row
  }

  #row(ends: (token: string) => boolean): Markup[] {
    if (++this.#depth > DEEPEST) throw new UnknownTex('The formula is nested too deeply.')
    const out: Markup[] = []
    for (let token = this.#peek(); token !== undefined && token !== '}' && !ends(token); token = this.#peek()) {
      if (token.trim() === '') this.#at++
      else out.push(this.#scripted())
    }
    this.#depth--
    return out
  }

  /** One thing with what stands below and above it. */
  #scripted(): Markup {
    const token = this.#peek() ?? ''
    const base = token === '^' || token === '_' ? el('mrow') : this.#atom()
    let [below, above]: [Markup | null, Markup | null] = [null, null]
    for (let next = this.#skip(); next === '_' || next === '^' || next === "'"; next = this.#skip()) {
      this.#at++
      if (next === '_') below = this.#argument()
      else above = next === "'" ? el('mo', {}, '′') : this.#argument()
    }
    if (below === null && above === null) return base
    const large = typeof base !== 'string' && base.attributes.class === 'large'
    const limits = large && this.#place === 'block'
    const parts = [below, above].filter((part) => part !== null)
    const tag = below === null ? (limits ? 'mover' : 'msup') : above === null ? (limits ? 'munder' : 'msub') : limits ? 'munderover' : 'msubsup'
    return el(tag, {}, base, parts)
  }

  #atom(): Markup {
    const token = this.#next()
    if (token === '{') return this.#group()
    if (/^[\d.]/.test(token) && token !== '.') return el('mn', {}, token)
    if (/^\p{L}$/u.test(token)) return el('mi', {}, token)
    if (!token.startsWith('\\')) return el('mo', { stretchy: /[()[\]|]/.test(token) ? 'false' : undefined }, token === '-' ? '−' : token === '*' ? '∗' : safeText(token))
    return this.#command(token.slice(1))
  }

  #command(name: string): Markup {
    const letter = LETTERS.get(name)
    if (letter !== undefined) return el('mi', {}, letter)
    const sign = SIGNS.get(name)
    if (sign !== undefined) return el('mo', {}, sign)
    const large = LARGE_SIGNS.get(name)
    if (large !== undefined) return el('mo', NO_LIMITS.has(large) ? {} : { class: 'large' }, large)
    if (FUNCTION_NAMES.has(name)) return el('mi', ['max', 'min', 'lim', 'argmax', 'argmin', 'sup', 'inf'].includes(name) ? { class: 'large' } : {}, name === 'argmax' ? 'arg max' : name === 'argmin' ? 'arg min' : name)
    const space = SPACES.get(name)
    if (space !== undefined) return el('mspace', { width: space })
    if (/^[{}%$#&_|]$/.test(name)) return el('mo', { stretchy: 'false' }, name === '|' ? '‖' : name)
    return this.#construct(name)
  }

  #construct(name: string): Markup {
    const accent = ACCENT_SIGNS.get(name)
    if (accent !== undefined) return el('mover', { accent: 'true' }, this.#argument(), el('mo', {}, accent))
    if (FONTS.has(name)) return this.#font(name)
    switch (name) {
      case 'frac':
      case 'dfrac':
      case 'tfrac': return el('mfrac', {}, this.#argument(), this.#argument())
      case 'binom': return el('mrow', {}, el('mo', {}, '('), el('mfrac', { linethickness: '0' }, this.#argument(), this.#argument()), el('mo', {}, ')'))
      case 'sqrt': return this.#root()
      case 'text':
      case 'textrm':
      case 'textit':
      case 'textbf': return el('mtext', {}, this.#words())
      case 'left': return this.#bracketed()
      case 'begin': return this.#environment()
      default: throw new UnknownTex(`\\${name.slice(0, 40)} is not known here, so the formula is shown as it was typed.`)
    }
  }

  #font(name: string): Markup {
    if (name === 'operatorname') return el('mi', { mathvariant: 'normal' }, this.#words())
    const content = this.#argument()
    const only = typeof content === 'string' ? null : content.children.every((child) => typeof child !== 'string' && child.tag === 'mi') ? content.children.map((child) => (typeof child === 'string' ? child : child.children.join(''))).join('') : null
    const style = name === 'mathbf' || name === 'boldsymbol' ? 'font-weight:bold' : name === 'mathtt' ? 'font-family:monospace' : undefined
    return only !== null && only !== '' ? el('mi', { mathvariant: 'normal', style }, only) : el('mrow', { style }, content)
  }

  #root(): Markup {
    if (this.#skip() !== '[') return el('msqrt', {}, this.#argument())
    this.#at++
    const index = this.#row((token) => token === ']')
    this.#expect(']')
    return el('mroot', {}, this.#argument(), el('mrow', {}, index))
  }

  #bracketed(): Markup {
    const open = this.#delimiter()
    const inner = this.#row((token) => token === '\\right')
    this.#expect('\\right')
    return el('mrow', {}, open, inner, this.#delimiter())
  }

  #delimiter(): Markup {
    this.#skip()
    const token = this.#next()
    const name = token.startsWith('\\') ? (SIGNS.get(token.slice(1)) ?? token.slice(1)) : token
    if (name.length > 1) throw new UnknownTex(`${token.slice(0, 40)} is no bracket.`)
    return name === '.' ? el('mrow') : el('mo', { stretchy: 'true' }, name)
  }

  /** Rows and columns: `cases`, `matrix` and its kin, `aligned`. */
  #environment(): Markup {
    const name = this.#words()
    const brackets = ENVIRONMENTS.get(name)
    if (brackets === undefined) throw new UnknownTex(`\\begin{${name.slice(0, 40)}} is not known here, so the formula is shown as it was typed.`)
    if (name === 'array') this.#words()
    const rows: MarkupElement[][] = [[]]
    for (;;) {
      const cell = this.#row((token) => token === '&' || token === '\\\\' || token === '\\end')
      rows.at(-1)?.push(el('mtd', {}, cell))
      const end = this.#next()
      if (end === '\\\\') rows.push([])
      else if (end === '\\end') break
      else if (end !== '&') throw new UnknownTex(`\\begin{${name}} has no end.`)
    }
    if (this.#words() !== name) throw new UnknownTex(`\\begin{${name}} ends as something else.`)
    const table = el('mtable', { columnalign: name === 'cases' || name === 'aligned' ? 'left' : undefined }, rows.map((row) => el('mtr', {}, row)))
    return el('mrow', {}, brackets[0] ? el('mo', { stretchy: 'true' }, brackets[0]) : [], table, brackets[1] ? el('mo', { stretchy: 'true' }, brackets[1]) : [])
  }

  /** What a command or a script takes: a group, or the next single thing. */
  #argument(): Markup {
    this.#skip()
    if (++this.#depth > DEEPEST) throw new UnknownTex('The formula is nested too deeply.')
    const content = this.#peek() === undefined || this.#peek() === '}' ? null : this.#atom()
    this.#depth--
    if (content === null) throw new UnknownTex('Something is missing at the end of the formula.')
    return content
  }

  #group(): MarkupElement {
    const content = this.#row(() => false)
    this.#expect('}')
    return el('mrow', {}, content)
  }

  /** The text of a group, as it stands. */
  #words(): string {
    this.#skip()
    this.#expect('{')
    let text = ''
    for (let token = this.#next(); token !== '}'; token = this.#next()) {
      if (token === '{') throw new UnknownTex('A text cannot hold a group.')
      text += token.replace(/^\\(.)$/s, '$1')
    }
    return safeText(text)
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at]
  }

  #skip(): string | undefined {
    while (this.#peek()?.trim() === '') this.#at++
    return this.#peek()
  }

  #next(): string {
    const token = this.#tokens[this.#at++]
    if (token === undefined) throw new UnknownTex('The formula ends early.')
    return token
  }

  #expect(token: string): void {
    this.#skip()
    if (this.#next() !== token) throw new UnknownTex(`The formula lacks a "${token}".`)
  }
}
