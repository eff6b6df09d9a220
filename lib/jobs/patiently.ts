import { setTimeout as sleep } from 'node:timers/promises'
import { isAuditweaveError } from '@/lib/audit/errors'

const FOR_MS = 60_000
const EVERY_MS = 500

/** Repeats a write while the database is down, for a minute: a restart of the server must not cost a long training. */
export async function patiently<T>(write: () => Promise<T>): Promise<T> {
  const until = Date.now() + FOR_MS
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (!isAuditweaveError(error) || error.code !== 'database-down' || Date.now() > until) throw error
      await sleep(EVERY_MS)
    }
  }
}
