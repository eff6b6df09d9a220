import { ApiError } from '@/components/live/call-api'
import type { CallMap, CallName, Cancel, Reply, Request } from './calls'

interface Waiting<P> { readonly resolve: (answer: never) => void; readonly reject: (error: Error) => void; readonly progress: ((progress: P) => void) | undefined }

export interface CallOptions<P> { readonly transfer?: Transferable[]; readonly signal?: AbortSignal; readonly progress?: (progress: P) => void }

/** Asks a worker; answers come as promises. An abort asks the worker to give the call up. */
export class WorkerClient<C extends CallMap<C>, P> {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting<P>>()
  #next = 1

  constructor(worker: Worker) {
    this.#worker = worker
    worker.addEventListener('message', ({ data }: MessageEvent<Reply<P>>) => this.#receive(data))
    worker.addEventListener('error', (event) => this.#fail(event.message || 'The worker could not start. Load the page again.'))
  }

  call<N extends CallName<C>>(name: N, ask: C[N]['ask'], { transfer, signal, progress }: CallOptions<P> = {}): Promise<C[N]['answer']> {
    const id = this.#next++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (answer: never) => void, reject, progress })
      const request: Request<C, N> = { id, name, ask }
      this.#worker.postMessage(request, transfer ?? [])
      signal?.addEventListener('abort', () => this.#cancel(id), { once: true })
    })
  }

  /** Ends the worker; what it was asked is never answered. */
  dispose(): void {
    this.#worker.terminate()
    this.#waiting.clear()
  }

  #cancel(id: number): void {
    if (!this.#waiting.has(id)) return
    const cancel: Cancel = { id, cancel: true }
    this.#worker.postMessage(cancel, [])
  }

  #receive(reply: Reply<P>): void {
    const waiting = this.#waiting.get(reply.id)
    if (!waiting) return
    if (reply.kind === 'progress') return waiting.progress?.(reply.progress)
    this.#waiting.delete(reply.id)
    if (reply.kind === 'answer') waiting.resolve(reply.answer as never)
    else waiting.reject(new ApiError(reply.code, reply.message))
  }

  #fail(message: string): void {
    for (const waiting of this.#waiting.values()) waiting.reject(new ApiError('worker', message))
    this.#waiting.clear()
  }
}
