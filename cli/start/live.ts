import { runLive } from '@/lib/jobs/live/run-live'
import { ensureDatabase } from '@/lib/store/ensure-database'
import { say } from '../output'
import { Shutdown } from './shutdown'

/** Follows the receiver of the data folder until SIGINT or SIGTERM. Each alert is a JSON line on stdout. */
export async function live({ window }: { readonly window?: number }): Promise<void> {
  const shutdown = new Shutdown()
  process.stdout.on('error', () => {})
  try {
    const database = await ensureDatabase()
    shutdown.add(() => database.release())
    const stop = await runLive({ ...(window === undefined ? {} : { window }), log: (line) => process.stdout.write(`${line}\n`) })
    shutdown.add(stop)
    say('Following what is received. Ctrl-C stops.')
    await shutdown.requested
  } finally {
    await shutdown.now()
  }
}
