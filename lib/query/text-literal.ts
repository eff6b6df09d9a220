const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', "'": "'", '/': '/', '\\': '\\' }

/**
 * The text of a quoted string token. `\n \r \t \" \' \/ \\` and `\uXXXX` are escapes; any other backslash stays,
 * so that `"\d+"` and `"10\."` read as regular expressions without doubling.
 */
export function unquote(token: string): string {
  return token.slice(1, -1).replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (whole, hex: string | undefined, char: string | undefined) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
    return ESCAPES[char ?? ''] ?? whole
  })
}

/** The canonical quoted form; control, bidirectional and other invisible characters come out as `\uXXXX`. */
export function quote(text: string): string {
  const body = text.replace(/["\\]/g, '\\$&').replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escapeInvisible)
  return `"${body}"`
}

function escapeInvisible(char: string): string {
  if (char === '\n') return '\\n'
  if (char === '\r') return '\\r'
  if (char === '\t') return '\\t'
  return Array.from({ length: char.length }, (_, index) => `\\u${char.charCodeAt(index).toString(16).padStart(4, '0')}`).join('')
}
