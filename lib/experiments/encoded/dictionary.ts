/** Texts, numbered from 0 as they first appear. */
export class Dictionary {
  readonly texts: string[] = []
  readonly #codes = new Map<string, number>()

  code(text: string): number {
    const known = this.#codes.get(text)
    if (known !== undefined) return known
    this.#codes.set(text, this.texts.length)
    return this.texts.push(text) - 1
  }
}

/** The texts at these places. */
export function texts(all: readonly string[], places: readonly number[]): string[] {
  return places.map((place) => all[place] ?? '')
}
