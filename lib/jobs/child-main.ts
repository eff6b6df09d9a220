import { isAuditweaveError } from '@/lib/audit/errors'
import { closeDatabase } from '@/lib/store/database'
import { endUnfinished, handBack, type Hold, type Leased } from '@/lib/store/lease'
import { openChildChannel, type ChildChannel } from './child-channel'
import { patiently } from './patiently'

/**
 * The frame of a child process that does leased work: reads ID and ATTEMPT from the command line, does the work, and settles the row:
 * done by the work itself, else stopped, given back or failed.
 */
export async function childMain(table: Leased, work: (hold: Hold, channel: ChildChannel) => Promise<void>): Promise<void> {
  const [id = '', attempt = ''] = process.argv.slice(2)
  const hold = { id, attempt: Number(attempt) }
  const channel = openChildChannel()
  try {
    await work(hold, channel)
  } catch (error) {
    await settle(table, hold, channel, error)
  }
  await closeDatabase().catch(() => {})
  process.exit(0)
}

async function settle(table: Leased, hold: Hold, channel: ChildChannel, error: unknown): Promise<void> {
  if (channel.reason === 'stop') await patiently(() => endUnfinished(table, hold, { state: 'stopped' }))
  else if (channel.reason === 'yield') await patiently(() => handBack(table, hold))
  else {
    console.error(error)
    const code = isAuditweaveError(error) ? error.code : 'run-failed'
    const message = error instanceof Error ? error.message : String(error)
    // Whoever holds the row now says what becomes of it.
    if (code !== 'lease-lost') await patiently(() => endUnfinished(table, hold, { state: 'failed', error: { code, message } }))
  }
}
