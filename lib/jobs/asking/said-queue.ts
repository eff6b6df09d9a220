import type { Said } from './messages'

/** What has been said and not been read yet. */
export class SaidQueue {
  readonly #waiting: Said[] = []
  #over: { readonly error: Error | null } | null = null
  #wake: () => void = () => {}

  push(said: Said): void {
    this.#waiting.push(said)
    this.#wake()
  }

  end(): void {
    this.#over ??= { error: null }
    this.#wake()
  }

  fail(error: Error): void {
    this.#over ??= { error }
    this.#wake()
  }

  /** Everything in order; throws what it failed with when that has been read. */
  async *all(): AsyncGenerator<Said> {
    for (;;) {
      const next = this.#waiting.shift()
      if (next !== undefined) yield next
      else if (this.#over?.error) throw this.#over.error
      else if (this.#over) return
      else await new Promise<void>((resolve) => { this.#wake = resolve })
    }
  }
}
