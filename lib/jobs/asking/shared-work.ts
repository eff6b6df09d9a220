/** Work that several may wait for: each is told how far it is, and it ends when the last of them has gone. */
export class SharedWork<T, P> {
  readonly #abort = new AbortController()
  readonly #waiting = new Set<(progress: P) => void>()
  readonly #result: Promise<T>
  #broken = false

  constructor(work: (tell: (progress: P) => void, signal: AbortSignal) => Promise<T>) {
    this.#result = work((progress) => { for (const tell of this.#waiting) tell(progress) }, this.#abort.signal)
    // Whoever waits is told; nobody may be waiting any more.
    this.#result.catch(() => { this.#broken = true })
  }

  /** It failed or was given up: nobody should wait for it any more. */
  get broken(): boolean {
    return this.#broken
  }

  /** Throws the signal's reason where that comes first. */
  async wait(tell: (progress: P) => void, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted()
    this.#waiting.add(tell)
    let leave = (): void => {}
    const gone = new Promise<never>((_, reject) => { leave = () => reject(signal.reason) })
    signal.addEventListener('abort', leave, { once: true })
    try {
      return await Promise.race([this.#result, gone])
    } finally {
      signal.removeEventListener('abort', leave)
      this.#waiting.delete(tell)
      if (signal.aborted && this.#waiting.size === 0) {
        this.#broken = true
        this.#abort.abort(signal.reason)
      }
    }
  }
}
