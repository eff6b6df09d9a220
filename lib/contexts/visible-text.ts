// controls, format characters (zero-width, bidirectional, tags), line separators and halves of a character: what can move a cursor, hide text or be lost on the way
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

function escape(character: string): string {
  return character.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
}

/** Text for a table or a terminal: invisible and steering characters become visible escapes. */
export function visibleText(text: string): string {
  return text.replace(UNSAFE, escape)
}

/** JSON on one line that no terminal, editor or script element misreads; parses to the same value. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, escape).replaceAll('<', String.raw`\u003c`)
}
