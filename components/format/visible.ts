/** Characters that hide, reorder or end a line: controls, bidirectional marks, zero-width signs, line separators, tags, lone surrogates. */
const HIDDEN = /\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}|\p{Variation_Selector}/u

export type TextPart = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'hidden'; readonly name: string }

/** Cuts log text into plain parts and named invisible characters ("U+202E"), at most `limit` characters. */
export function visibleParts(text: string, limit = 4000): { parts: TextPart[]; cut: number } {
  const parts: TextPart[] = []
  let plain = ''
  const flush = (): void => {
    if (plain) parts.push({ kind: 'text', text: plain })
    plain = ''
  }
  for (const char of text.slice(0, limit)) {
    if (!HIDDEN.test(char)) {
      plain += char
      continue
    }
    flush()
    parts.push({ kind: 'hidden', name: `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}` })
  }
  flush()
  return { parts, cut: Math.max(0, text.length - limit) }
}

/** The same as one plain string, for titles and files. */
export function visibleText(text: string, limit = 4000): string {
  const { parts, cut } = visibleParts(text, limit)
  return parts.map((part) => (part.kind === 'text' ? part.text : `<${part.name}>`)).join('') + (cut ? '…' : '')
}
