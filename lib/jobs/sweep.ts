import { budgetedLaunches, enforceBudget } from '@/lib/store/budget'
import { clearDeadImports } from '@/lib/store/import-state'
import { requeueExpired, waitingLong, type Leased } from '@/lib/store/lease'
import type { JobBackend } from './backend'
import { growIdleLaunches } from './growth'

const KIND = { runs: 'run', reconstructions: 'reconstruct' } as const
/** A row queued this long without a job lost it: its sender died between the two. */
const UNSENT_SECONDS = 10

/** Housekeeping that every worker does: work of dead workers goes back into the queue, and queued rows without a job get one. */
export async function sweep(backend: JobBackend): Promise<void> {
  await clearDeadImports()
  for (const table of ['runs', 'reconstructions'] as const) {
    await requeueDead(backend, table)
    await resend(backend, table)
  }
  await growIdleLaunches(backend)
  for (const launch of await budgetedLaunches()) await enforceBudget(launch)
}

async function requeueDead(backend: JobBackend, table: Leased): Promise<void> {
  const kind = KIND[table]
  for (const { id, jobId, queued, priority } of await requeueExpired(table)) {
    if (jobId !== null) await backend.finish({ jobId, kind, payload: { id } }, { ok: false, note: 'its worker died' })
    // Before its equals: it had begun already.
    if (queued) await backend.send(kind, { id }, { priority: priority + 1 })
  }
}

async function resend(backend: JobBackend, table: Leased): Promise<void> {
  const rows = await waitingLong(table, UNSENT_SECONDS)
  if (rows.length === 0) return
  const kind = KIND[table]
  const waiting = await backend.waiting(kind)
  for (const { id, priority } of rows) if (!waiting.has(id)) await backend.send(kind, { id }, { priority })
}
