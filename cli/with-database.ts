import { ensureDatabase } from '@/lib/store/ensure-database'

/** Does `work` with a database at hand: the one that runs, or one started for as long as it takes. */
export async function withDatabase<T>(work: () => Promise<T>): Promise<T> {
  const database = await ensureDatabase()
  try {
    return await work()
  } finally {
    await database.release()
  }
}
