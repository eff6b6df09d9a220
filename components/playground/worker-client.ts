import { ApiError } from '@/components/live/call-api'
import type { CallName, Calls, Reply, Request } from './protocol'

type Waiting = { readonly resolve: (answer: never) => void; readonly reject: (error: Error) => void; readonly progress?: (done: number, total: number | null) => void }

/** Asks the playground's worker; answers come as promises. */
export class WorkerClient {
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'playground' })
  readonly #waiting = new Map<number, Waiting>()
  #next = 1

  constructor() {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => this.#receive(data))
    this.#worker.addEventListener('error', (event) => this.#fail(event.message || 'The worker could not start. Load the page again.'))
  }

  call<N extends CallName>(name: N, ask: Calls[N]['ask'], options: { transfer?: Transferable[]; progress?: (done: number, total: number | null) => void } = {}): Promise<Calls[N]['answer']> {
    const id = this.#next++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (answer: never) => void, reject, ...(options.progress ? { progress: options.progress } : {}) })
      const request: Request<N> = { id, name, ask }
      this.#worker.postMessage(request, options.transfer ?? [])
    })
  }

  dispose(): void {
    this.#worker.terminate()
    this.#waiting.clear()
  }

  #receive(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id)
    if (!waiting) return
    if (reply.kind === 'progress') return waiting.progress?.(reply.done, reply.total)
    this.#waiting.delete(reply.id)
    if (reply.kind === 'answer') waiting.resolve(reply.answer as never)
    else waiting.reject(new ApiError(reply.code, reply.message))
  }

  #fail(message: string): void {
    for (const waiting of this.#waiting.values()) waiting.reject(new ApiError('worker', message))
    this.#waiting.clear()
  }
}
