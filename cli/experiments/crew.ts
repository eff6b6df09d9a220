import { spawn, type ChildProcess } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { AuditweaveError } from '@/lib/audit/errors'
import { say } from '../output'

const BIN = fileURLToPath(new URL('../../bin/auditweave.mjs', import.meta.url))
/** Workers that die (out of memory, killed) are replaced so many times; their runs are taken over within a lease. */
const MOST_REPLACED = 10

export interface CrewOptions {
  /** Runs at a time; as many as there are cores unless told. 0 leaves the runs to workers elsewhere. */
  readonly workers?: number | undefined
  /** Engine threads of each; the cores shared out unless told. */
  readonly threads?: number | undefined
}

export interface CrewSize { readonly workers: number; readonly threads: number }

/** Runs side by side use cores better than threads that wait for one another, and results do not depend on either. */
export function crewFor(runs: number, { workers, threads }: CrewOptions): CrewSize {
  const cores = availableParallelism()
  if (workers === 0) return { workers: 0, threads: threads ?? cores }
  const chosen = Math.max(1, Math.min(workers ?? Math.floor(cores / (threads ?? 1)), runs))
  return { workers: chosen, threads: threads ?? Math.max(1, Math.floor(cores / chosen)) }
}

/** Worker processes that a command keeps while it waits for runs. They end with it. */
export class Crew {
  readonly #threads: number
  readonly #wanted: number
  readonly #workers = new Set<ChildProcess>()
  #replaced = 0
  #ending = false

  constructor({ workers, threads }: CrewSize) {
    this.#threads = threads
    this.#wanted = workers
    for (let n = 0; n < workers; n++) this.#add()
  }

  /** @throws AuditweaveError 'worker-ended' when nobody is left to work. */
  check(): void {
    if (this.#wanted > 0 && this.#workers.size === 0) throw new AuditweaveError('worker-ended', 'The last worker ended before the runs did, as its output above says. What is done is kept: the same command carries on.')
  }

  /** Ends the workers; what they work at goes back into the queue. */
  async end(): Promise<void> {
    this.#ending = true
    await Promise.all([...this.#workers].map((worker) => new Promise<void>((resolve) => {
      worker.once('exit', () => resolve())
      worker.kill('SIGTERM')
    })))
  }

  #add(): void {
    // On a channel, so that a worker whose command is gone ends too and gives its run back.
    const worker = spawn(process.execPath, [BIN, 'worker', '--threads', String(this.#threads)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: process.env })
    this.#workers.add(worker)
    worker.once('exit', (code, signal) => {
      this.#workers.delete(worker)
      if (this.#ending || this.#replaced >= MOST_REPLACED) return
      this.#replaced++
      say(`A worker ended ${signal === null ? `with code ${code}` : `by ${signal}`}; another takes its place.`)
      this.#add()
    })
  }
}
