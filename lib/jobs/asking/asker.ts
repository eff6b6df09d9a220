import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { AuditweaveError } from '@/lib/audit/errors'
import { projectRoot } from '@/lib/store/home'
import type { Ask, FromChild, Said, ToChild } from './messages'
import { SaidQueue } from './said-queue'

/** Megabytes that the process may take for what it keeps. */
const MEMORY_MB = 4096
const IDLE_MS = 10 * 60_000
/** What is being read is told of more often than that. */
const SILENCE_MS = 180_000
/** Once everything is read, of processor time that nothing else of ours takes: a query that does not end by itself is ended. */
const DEADLINE_MS = 10_000

interface Asked { readonly queue: SaidQueue; timer: NodeJS.Timeout }

/** The process that answers queries: started by the first, kept warm, ended when nobody has asked for ten minutes; it ends with this process. */
export class Asker {
  #child: ChildProcess | null = null
  readonly #asked = new Map<number, Asked>()
  #next = 1
  #idle: NodeJS.Timeout | null = null

  constructor(private readonly limits: { readonly deadlineMs?: number; readonly idleMs?: number } = {}) {}

  /** The process, for tests that end it. */
  get pid(): number | null {
    return this.#child?.pid ?? null
  }

  /** What is said to an ask, as it comes. Leaving the loop, or the signal, cancels it. @throws AuditweaveError as the query's fault has it, 'query-slow', 'asking-ended' */
  async *ask(ask: Ask, signal?: AbortSignal): AsyncGenerator<Said> {
    const id = this.#next++
    const queue = new SaidQueue()
    const child = this.#started()
    this.#asked.set(id, { queue, timer: this.#watch(SILENCE_MS) })
    const gone = (): void => queue.fail(new AuditweaveError('stopped', 'Whoever asked has gone.'))
    signal?.addEventListener('abort', gone, { once: true })
    if (signal?.aborted) gone()
    try {
      tell(child, { id, ask })
      yield* queue.all()
    } finally {
      signal?.removeEventListener('abort', gone)
      if (this.#forget(id)) tell(child, { id, cancel: true })
    }
  }

  /** Ends the process; the next ask starts another. */
  end(): void {
    this.#child?.kill('SIGKILL')
  }

  #started(): ChildProcess {
    if (this.#idle) clearTimeout(this.#idle)
    this.#idle = null
    if (this.#child?.connected) return this.#child
    const child = start()
    this.#child = child
    let output = ''
    const keep = (part: Buffer): void => {
      output = (output + part.toString()).slice(-4000)
      process.stderr.write(part)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.on('message', (message: FromChild) => this.#hear(message))
    child.once('error', (error) => this.#ended(child, error.message))
    child.once('close', () => this.#ended(child, output))
    return child
  }

  #hear(message: FromChild): void {
    const asked = this.#asked.get(message.id)
    if (!asked) return
    if ('said' in message) {
      clearTimeout(asked.timer)
      asked.timer = this.#watch(message.said.kind === 'begun' ? (this.limits.deadlineMs ?? DEADLINE_MS) : SILENCE_MS)
      if (message.said.kind !== 'begun') asked.queue.push(message.said)
      return
    }
    this.#forget(message.id)
    if ('done' in message) asked.queue.end()
    else asked.queue.fail(new AuditweaveError(message.failed.code, message.failed.message))
  }

  /** It computes one thing at a time: what does not end holds all others up, so the process goes. */
  #watch(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.end(), ms).unref()
  }

  #ended(child: ChildProcess, output: string): void {
    if (this.#child !== child) return
    this.#child = null
    const reason = /heap|memory/i.test(output) ? 'There was not enough memory for it. Ask a smaller data set.' : 'It took too long, or was ended. Ask for less at a time, or again.'
    for (const [id, { queue }] of this.#asked) {
      this.#forget(id)
      queue.fail(new AuditweaveError('asking-ended', `The process that answers queries has ended. ${reason}`))
    }
  }

  #forget(id: number): boolean {
    const asked = this.#asked.get(id)
    if (!asked) return false
    clearTimeout(asked.timer)
    this.#asked.delete(id)
    if (this.#asked.size === 0) this.#idle = setTimeout(() => this.end(), this.limits.idleMs ?? IDLE_MS).unref()
    return true
  }
}

function start(): ChildProcess {
  const root = projectRoot()
  const flags = [`--max-old-space-size=${MEMORY_MB}`, '--expose-gc', path.join(/* turbopackIgnore: true */ root, 'bin', 'child.mjs'), 'asking-child']
  return spawn(process.execPath, flags, { cwd: root, env: process.env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], serialization: 'advanced' })
}

function tell(child: ChildProcess, message: ToChild): void {
  // It may have ended meanwhile.
  if (child.connected) child.send(message, () => {})
}

// On the global object: routes are bundled apart, and each must not start a process of its own.
const holder = globalThis as { auditweaveAsker?: Asker }

/** The one of this process. */
export function asker(): Asker {
  holder.auditweaveAsker ??= new Asker()
  return holder.auditweaveAsker
}
