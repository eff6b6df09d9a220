const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** A text of the log as a text of a query, whatever is in it. */
export function quoteText(text: string): string {
  const hex = (sign: string): string => Array.from({ length: sign.length }, (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
  return `"${text.replace(/["\\]/g, '\\$&').replace(INVISIBLE, hex)}"`
}
