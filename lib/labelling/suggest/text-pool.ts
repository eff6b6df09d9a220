/** Texts once each, by index. */
export class TextPool {
  readonly #places = new Map<string, number>()
  readonly texts: string[] = []

  /** The text's index; -1 for null. */
  of(text: string | null): number {
    if (text === null) return -1
    const known = this.#places.get(text)
    if (known !== undefined) return known
    this.#places.set(text, this.texts.length)
    return this.texts.push(text) - 1
  }
}
