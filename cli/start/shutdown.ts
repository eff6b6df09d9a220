const IMPATIENT_MS = 1000
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Gathers what has to be undone, and undoes it once, the last first. A second Ctrl-C ends at once. */
export class Shutdown {
  readonly requested: Promise<string | null>
  #ask: (message: string | null) => void = () => {}
  readonly #abort = new AbortController()
  #steps: (() => Promise<void>)[] = []
  #done: Promise<void> | null = null
  #askedAt: number | null = null

  constructor() {
    this.requested = new Promise((resolve) => { this.#ask = resolve })
    for (const signal of SIGNALS) process.on(signal, () => this.#onSignal())
    // A parent that started us with a channel is gone when it breaks.
    if (process.channel) {
      process.once('disconnect', () => this.ask(null))
      // Listening must not keep a finished process alive.
      process.channel.unref()
    }
  }

  get asked(): boolean {
    return this.#abort.signal.aborted
  }

  /** Aborts when the end is asked for. */
  get signal(): AbortSignal {
    return this.#abort.signal
  }

  /** Asks for the end; a message says that it is a failure. */
  ask(message: string | null): void {
    this.#abort.abort()
    this.#ask(message)
  }

  /** Adds a step; if the end has begun already it is done with the others. */
  add(step: () => Promise<void>): void {
    this.#steps.push(step)
  }

  now(): Promise<void> {
    this.#abort.abort()
    this.#done ??= this.#undo()
    return this.#done
  }

  async #undo(): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      await step().catch((error: unknown) => process.stderr.write(`While stopping: ${error instanceof Error ? error.message : String(error)}\n`))
    }
  }

  #onSignal(): void {
    // npm passes on the signal that the terminal has sent us already: only a later one is impatience.
    if (this.#askedAt !== null && Date.now() - this.#askedAt > IMPATIENT_MS) process.exit(130)
    this.#askedAt ??= Date.now()
    this.ask(null)
  }
}
