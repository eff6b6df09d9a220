import type { JobBackend } from './backend'
import type { JobKind, Payload } from './contracts'
import { openPgBoss } from './pg-boss-backend'

const holder = globalThis as { auditweaveQueue?: Promise<JobBackend> }

/** The sending end of the queue, one a process. */
export function backend(): Promise<JobBackend> {
  holder.auditweaveQueue ??= openPgBoss({ supervise: false }).catch((error: unknown) => {
    holder.auditweaveQueue = undefined
    throw error
  })
  return holder.auditweaveQueue
}

/** Closes the sending end; the next use opens it anew. */
export async function closeQueue(): Promise<void> {
  const open = holder.auditweaveQueue
  holder.auditweaveQueue = undefined
  await open?.then((queue) => queue.close()).catch(() => {})
}

/**
 * Wakes the workers. The row is stored already and a worker that finds it queued without a job sends one, so that
 * a failure here delays the work and loses nothing.
 */
export async function wake<K extends JobKind>(kind: K, payload: Payload<K>, priority = 0): Promise<void> {
  await (await backend()).send(kind, payload, { priority })
}
