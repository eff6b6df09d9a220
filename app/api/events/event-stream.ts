const HEARTBEAT_MS = 15_000

/** A response of server-sent events that ends with its request and cleans up after itself. */
export class EventStream {
  readonly #encoder = new TextEncoder()
  readonly #cleanups: (() => unknown)[] = []
  readonly #body: ReadableStream<Uint8Array>
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null
  #closed = false

  constructor(signal: AbortSignal) {
    this.#body = new ReadableStream({
      start: (controller) => {
        this.#controller = controller
      },
      cancel: () => this.close(),
    })
    signal.addEventListener('abort', () => this.close(), { once: true })
    const beat = setInterval(() => this.#write(': beat\n\n'), HEARTBEAT_MS)
    this.onClose(() => clearInterval(beat))
    this.#write('retry: 2000\n\n')
  }

  get closed(): boolean {
    return this.#closed
  }

  /** `id` is what the browser hands back as Last-Event-ID. */
  send(event: string, data: unknown, id?: number): void {
    this.#write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  onClose(cleanup: () => unknown): void {
    if (this.#closed) void cleanup()
    else this.#cleanups.push(cleanup)
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const cleanup of this.#cleanups) void cleanup()
    try {
      this.#controller?.close()
    } catch {
      // The reader went first.
    }
  }

  response(): Response {
    return new Response(this.#body, { headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' } })
  }

  #write(text: string): void {
    if (this.#closed) return
    try {
      this.#controller?.enqueue(this.#encoder.encode(text))
    } catch {
      this.close()
    }
  }
}
