/**
 * A text without its case, by Unicode and whatever the language of the machine. Upper case, as lower case depends on
 * the letters around (a sigma at the end of a word).
 */
export function foldCase(text: string): string {
  return text.toUpperCase()
}
