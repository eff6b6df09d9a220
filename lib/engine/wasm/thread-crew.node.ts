import { Worker } from 'node:worker_threads'
import { AuditweaveError } from '@/lib/audit/errors'
import type { NetworkSpec } from '../types'
import type { Crew } from './crew'
import type { Command } from './executor'
import type { GraphSize } from './graph'

/** What a thread is started with. */
export interface ThreadStart {
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
  readonly spec: NetworkSpec
  readonly size: GraphSize
  readonly thread: number
  /** Where the main thread's graph ends; the worker's is another when the two were built from different sources. */
  readonly graphEnd: number
}

export type ThreadReply = { readonly ok: true } | { readonly ok: false; readonly message: string }

const failed = (message: string, cause?: unknown): AuditweaveError => new AuditweaveError(
  'engine-thread-failed', `A thread of the engine failed: ${message}. Create the network anew; the last checkpoint still holds.`, { cause },
)

/** One worker and the reply it owes. */
class Thread {
  private waiting: { resolve(): void; reject(error: Error): void } | null = null
  private broken: Error | null = null
  private ending = false

  constructor(private readonly worker: Worker) {
    worker.on('message', (reply: ThreadReply) => (reply.ok ? this.settle(null) : this.fail(failed(reply.message))))
    worker.on('error', (error) => this.fail(failed(error.message, error)))
    worker.on('exit', (code) => this.fail(failed(`it ended with code ${code}`)))
  }

  /** Sends a command, if any, and waits for the reply; only then does the worker keep the process alive. */
  async exchange(command?: Command): Promise<void> {
    if (this.broken) throw this.broken
    this.worker.ref()
    try {
      await new Promise<void>((resolve, reject) => {
        this.waiting = { resolve, reject }
        if (command) this.worker.postMessage(command, [])
      })
    } finally {
      // A reply may still come while the crew is ended over another's failure; see `terminate`.
      if (!this.ending) this.worker.unref()
    }
  }

  async terminate(): Promise<void> {
    // Else a process with nothing more to wait for would end here, and the failure that led here would never be told.
    this.ending = true
    this.worker.ref()
    await this.worker.terminate()
  }

  private settle(error: Error | null): void {
    const { waiting } = this
    this.waiting = null
    if (error) waiting?.reject(error)
    else waiting?.resolve()
  }

  private fail(error: Error): void {
    this.broken ??= error
    this.settle(error)
  }
}

/** Worker threads on one shared memory. */
export class ThreadCrew implements Crew {
  private constructor(private readonly threads: readonly Thread[]) {}

  /** @param script the bundled worker (build/engine/worker.mjs) */
  static async start(script: string, start: Omit<ThreadStart, 'thread'>): Promise<ThreadCrew> {
    const threads = Array.from({ length: start.size.threads }, (_, thread) => {
      const workerData: ThreadStart = { ...start, thread }
      return new Thread(new Worker(script, { workerData, name: `auditweave-engine-${thread}` }))
    })
    const crew = new ThreadCrew(threads)
    await crew.all((thread) => thread.exchange())
    return crew
  }

  async run(command: Command): Promise<void> {
    await this.all((thread) => thread.exchange(command))
  }

  async dispose(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.terminate()))
  }

  /** When one thread fails the others may wait for it at a barrier for ever: all are ended. */
  private async all(action: (thread: Thread) => Promise<void>): Promise<void> {
    try {
      await Promise.all(this.threads.map(action))
    } catch (error) {
      await this.dispose()
      throw error
    }
  }
}
