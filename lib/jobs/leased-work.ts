import { setTimeout as sleep } from 'node:timers/promises'
import type { EngineChoice } from '@/lib/engine/registry/optional'
import { claim, endUnfinished, handBack, renew, type Hold, type Leased } from '@/lib/store/lease'
import { patiently } from './patiently'
import { spawnChild, type Child } from './spawn-child'

export interface WorkerContext {
  readonly id: string
  readonly leaseSeconds: number
  readonly threads: number | null
  /** For runs that name none. */
  readonly engine: EngineChoice | null
  /** Aborts when the worker shuts down. */
  readonly stopping: AbortSignal
  log(text: string): void
}

const CHILD = { runs: 'run-child', reconstructions: 'reconstruct-child' } as const
/** How long a child may take to give its work back before it is killed. */
const GRACE_MS = 5000

/**
 * Claims a row and has a child process do it, renewing the lease meanwhile. Answers what became of it, null when somebody
 * else has it. The child settles the row; if it dies, this does.
 */
export async function doLeased(worker: WorkerContext, table: Leased, id: string, jobId: string): Promise<{ ok: boolean; note: string } | null> {
  const hold = await claim(table, id, worker.id, worker.leaseSeconds, jobId)
  if (hold === null) return null
  const child = spawnChild(CHILD[table], [id, String(hold.attempt)], childEnv(worker))
  const watch = new AbortController()
  const shutdown = () => endSoon(child, watch.signal)
  worker.stopping.addEventListener('abort', shutdown)
  if (worker.stopping.aborted) shutdown()
  const watching = keepLease(worker, table, hold, child, watch.signal)
  const { code, signal, output } = await child.ended
  watch.abort()
  worker.stopping.removeEventListener('abort', shutdown)
  await watching
  if (output.trim() !== '') worker.log(`${table} ${id}: ${output.trim()}`)
  return settle(worker, table, hold, { code, signal, output })
}

function childEnv({ threads, engine }: WorkerContext): Record<string, string> {
  return { ...(threads === null ? {} : { AUDITWEAVE_THREADS: String(threads) }), ...(engine === null ? {} : { AUDITWEAVE_ENGINE: engine }) }
}

/** Renews while the child works; passes a stop on, and kills a child whose lease is lost: another worker may have the row. */
async function keepLease(worker: WorkerContext, table: Leased, hold: Hold, child: Child, ended: AbortSignal): Promise<void> {
  let renewed = Date.now()
  while (!ended.aborted) {
    await sleep((worker.leaseSeconds * 1000) / 5, undefined, { signal: ended }).catch(() => {})
    if (ended.aborted) return
    try {
      const state = await renew(table, hold, worker.leaseSeconds)
      renewed = Date.now()
      if (state === 'cancelled') child.tell({ kind: 'stop' })
      // The child may just have settled the row and be about to end.
      if (state === 'lost') endSoon(child, ended)
    } catch {
      if (Date.now() - renewed > worker.leaseSeconds * 1000) child.kill()
    }
  }
}

function endSoon(child: Child, ended: AbortSignal): void {
  child.tell({ kind: 'yield' })
  const timer = setTimeout(() => child.kill(), GRACE_MS)
  ended.addEventListener('abort', () => clearTimeout(timer), { once: true })
}

async function settle(worker: WorkerContext, table: Leased, hold: Hold, end: { code: number | null; signal: NodeJS.Signals | null; output: string }): Promise<{ ok: boolean; note: string }> {
  if (end.code === 0) return { ok: true, note: 'settled' }
  if (worker.stopping.aborted) {
    await handBack(table, hold)
    return { ok: true, note: 'given back' }
  }
  const how = end.signal === null ? `with exit code ${end.code}` : `by ${end.signal}${end.signal === 'SIGKILL' ? ' (out of memory?)' : ''}`
  const last = end.output.trim().split('\n').slice(-3).join(' | ')
  const message = `The process that worked on it ended ${how}.${last === '' ? '' : ` It said: ${last}`} Resume it to go on from the last checkpoint.`
  const failed = await patiently(() => endUnfinished(table, hold, { state: 'failed', error: { code: 'process-died', message } }))
  return { ok: false, note: failed ? message : 'taken over' }
}
