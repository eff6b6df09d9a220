/** Answers that are dear to make, kept while what they were made of stays the same. */
export class KeptAnswers<T> {
  readonly #kept = new Map<string, Promise<T>>()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  /** The answer to `key`, which names all it depends on; askers at the same time share one making, and a failure is not kept. */
  of(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(key)
    if (known !== undefined) return known
    const made = make()
    this.#kept.set(key, made)
    made.catch(() => this.#kept.delete(key))
    const oldest = this.#kept.keys().next().value
    if (this.#kept.size > this.#most && oldest !== undefined) this.#kept.delete(oldest)
    return made
  }
}
