import { startWorker, type WorkerOptions } from '@/lib/jobs/worker'
import { ensureDatabase } from '@/lib/store/ensure-database'
import { say } from '../output'
import { Shutdown } from './shutdown'

/** Takes work from the queue until SIGINT or SIGTERM; running work is then given back with its checkpoint. */
export async function runWorker(options: Pick<WorkerOptions, 'threads' | 'engine'>): Promise<void> {
  const shutdown = new Shutdown()
  try {
    const database = await ensureDatabase()
    shutdown.add(() => database.release())
    const worker = await startWorker({ ...options, log: say })
    shutdown.add(() => worker.stop())
    say(`Worker ${worker.id} is waiting for work. Ctrl-C stops it; what it works on goes back into the queue.`)
    await shutdown.requested
  } finally {
    await shutdown.now()
  }
}
