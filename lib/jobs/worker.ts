import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EngineChoice } from '@/lib/engine/registry/optional'
import { enforceBudgetOfRun } from '@/lib/store/budget'
import { readEnv } from '@/lib/store/env'
import { staleFigures } from '@/lib/store/contexts/figures'
import { failExplaining } from '@/lib/store/explanations'
import { homeFolder } from '@/lib/store/home'
import { abandonImport } from '@/lib/store/import-state'
import { CHANNELS, subscribe } from '@/lib/store/notify'
import { cleanUploads } from '@/lib/store/uploads'
import { workerGone, workerSeen } from '@/lib/store/workers'
import type { JobBackend, TakenJob } from './backend'
import { parsePayload } from './contracts'
import { doLeased, type WorkerContext } from './leased-work'
import { openPgBoss } from './pg-boss-backend'
import { growLaunchOf } from './growth'
import { Slot } from './slot'
import { spawnChild } from './spawn-child'
import { sweep } from './sweep'

export interface WorkerOptions {
  /** Threads that a run may use; AUDITWEAVE_THREADS or all cores otherwise. */
  readonly threads?: number
  /** Computes the runs that name no engine; AUDITWEAVE_ENGINE or the fastest otherwise. */
  readonly engine?: EngineChoice
  readonly log?: (text: string) => void
}

export interface RunningWorker {
  readonly id: string
  /** Gives running work back to the queue (its checkpoint is kept) and ends within some seconds. */
  stop(): Promise<void>
}

const OLD_UPLOADS_MS = 24 * 3600 * 1000

/**
 * A worker: one run at a time, and beside it one import, reconstruction or explanation. Any number of them, on any number of machines,
 * work on one database.
 */
export async function startWorker(options: WorkerOptions = {}): Promise<RunningWorker> {
  const backend = await openPgBoss({ supervise: true })
  const worker = new Worker(backend, options)
  await worker.begin()
  return worker
}

class Worker implements RunningWorker, WorkerContext {
  readonly id = `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`
  readonly leaseSeconds = readEnv().AUDITWEAVE_LEASE_SECONDS
  readonly threads: number | null
  readonly engine: EngineChoice | null
  readonly #abort = new AbortController()
  readonly #backend: JobBackend
  readonly #log: (text: string) => void
  readonly #slots: readonly Slot[]
  readonly #ends: (() => Promise<void>)[] = []
  #running: string | null = null
  #rescoring: Promise<void> | null = null
  /** Revisions that could not be measured: not tried for ever. */
  readonly #unscored = new Map<string, number>()
  #work: Promise<unknown> = Promise.resolve()

  constructor(backend: JobBackend, options: WorkerOptions) {
    this.#backend = backend
    this.threads = options.threads ?? null
    this.engine = options.engine ?? null
    this.#log = options.log ?? (() => {})
    const log = (text: string) => this.log(text)
    this.#slots = [
      new Slot(backend, ['run'], (job) => this.#handle(job), log),
      new Slot(backend, ['import', 'reconstruct', 'explain'], (job) => this.#handle(job), log),
    ]
  }

  get stopping(): AbortSignal {
    return this.#abort.signal
  }

  log(text: string): void {
    this.#log(text)
  }

  async begin(): Promise<void> {
    await this.#heartbeat()
    await cleanUploads(OLD_UPLOADS_MS)
    for (const channel of [CHANNELS.runs, CHANNELS.datasets, CHANNELS.reconstructions]) {
      this.#ends.push(await subscribe(channel, () => this.#slots.forEach((slot) => slot.wake())))
    }
    const loops = [this.#housekeeping(), ...this.#slots.map((slot) => slot.run(this.stopping))]
    this.#work = Promise.all(loops)
  }

  async stop(): Promise<void> {
    this.#abort.abort()
    await this.#work
    await this.#rescoring
    for (const end of this.#ends) await end()
    await workerGone(this.id).catch(() => {})
    await this.#backend.close().catch(() => {})
  }

  async #handle(job: TakenJob): Promise<void> {
    const outcome = job.kind === 'import' ? await this.#import(job) : job.kind === 'explain' ? await this.#explain(job) : await this.#leased(job)
    await this.#backend.finish(job, outcome).catch(() => {})
  }

  async #leased(job: TakenJob): Promise<{ ok: boolean; note: string }> {
    const { id } = job.payload
    const table = job.kind === 'run' ? 'runs' : 'reconstructions'
    if (job.kind === 'run') this.#running = id
    try {
      const outcome = await doLeased(this, table, id, job.jobId)
      if (outcome !== null && job.kind === 'run') await this.#goOn(id)
      return outcome ?? { ok: true, note: 'taken by another worker, or not queued any more' }
    } finally {
      if (job.kind === 'run') this.#running = null
    }
  }

  /** What a run's end means for its launch: more runs, or none for want of budget. If this fails, housekeeping does it later. */
  async #goOn(runId: string): Promise<void> {
    try {
      await growLaunchOf(runId, this.#backend)
      await enforceBudgetOfRun(runId)
    } catch (error) {
      this.log(`The launch that run ${runId} belongs to does not go on yet: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  async #import(job: TakenJob): Promise<{ ok: boolean; note: string }> {
    const payload = parsePayload('import', job.payload)
    const child = spawnChild('import-child', [JSON.stringify(payload)])
    const stop = () => child.tell({ kind: 'stop' })
    this.stopping.addEventListener('abort', stop)
    const { code, signal, output } = await child.ended
    this.stopping.removeEventListener('abort', stop)
    if (code === 0) return { ok: true, note: 'imported' }
    if (output.trim() !== '') this.log(`import ${payload.name}: ${output.trim()}`)
    // Leaves the child's own words where it had any.
    await abandonImport({ id: payload.id, prepared: true }, new Error(`The process that imported it ended ${signal === null ? `with exit code ${code}` : `by ${signal}`}. Import the file again.`))
    return { ok: false, note: output.slice(-500) }
  }

  /** Nothing is lost if it ends early: the model stays as it is and can be asked again. */
  async #explain(job: TakenJob): Promise<{ ok: boolean; note: string }> {
    const { id } = parsePayload('explain', job.payload)
    const env: Record<string, string> = this.threads === null ? {} : { AUDITWEAVE_THREADS: String(this.threads) }
    const child = spawnChild('explain-child', [id], env)
    const stop = () => child.tell({ kind: 'stop' })
    this.stopping.addEventListener('abort', stop)
    if (this.stopping.aborted) stop()
    const { code, signal, output } = await child.ended
    this.stopping.removeEventListener('abort', stop)
    if (code === 0) return { ok: true, note: 'explained' }
    if (output.trim() !== '') this.log(`explain ${id}: ${output.trim()}`)
    await failExplaining(id, `The process that worked on it ended ${signal === null ? `with exit code ${code}` : `by ${signal}`}. Try again.`, { unlessFailed: true }).catch(() => {})
    return { ok: false, note: output.slice(-500) }
  }

  async #housekeeping(): Promise<void> {
    while (!this.stopping.aborted) {
      try {
        await this.#heartbeat()
        await sweep(this.#backend)
        await this.#rescore()
      } catch {
        // The database is down; the slots say so.
      }
      await sleep((this.leaseSeconds * 1000) / 3, undefined, { signal: this.stopping }).catch(() => {})
    }
  }

  /** Begins to measure one corrected reconstruction anew; not waited for, and nothing is lost if it ends early: the next round begins it again. */
  async #rescore(): Promise<void> {
    if (this.#rescoring !== null) return
    const stale = (await staleFigures()).find(({ id, revision }) => this.#unscored.get(id) !== revision)
    if (!stale) return
    const child = spawnChild('rescore-child', [stale.id])
    this.#rescoring = child.ended.then(({ code, output }) => {
      this.#rescoring = null
      if (code === 0 || this.stopping.aborted) return
      this.#unscored.set(stale.id, stale.revision)
      this.log(`measuring reconstruction ${stale.id} anew failed: ${output.trim()}`)
    })
    this.stopping.addEventListener('abort', () => child.kill(), { once: true })
  }

  async #heartbeat(): Promise<void> {
    await workerSeen({ id: this.id, host: hostname(), pid: process.pid, home: homeFolder(), running: this.#running })
  }
}
