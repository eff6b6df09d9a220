import { readEnv } from './env'
import { startCluster, stopCluster } from './cluster/cluster'
import { countHolders, registerHolder } from './cluster/holders'
import { closeDatabase } from './database'
import { homeFolder } from './home'
import { migrateDatabase } from './migrate'

export interface OpenDatabase {
  readonly address: string
  /** False when DATABASE_URL names a server of one's own. */
  readonly embedded: boolean
  /** Ends this process's use; the last user of an embedded database stops it. */
  release(): Promise<void>
}

/**
 * Makes a database ready for this process and its children: the one DATABASE_URL names, else the embedded one of
 * the data folder, started if nobody has. Tables are brought up to date. Call `release` at the end.
 * @throws AuditweaveError 'database-down', 'database-too-old', 'database-newer', 'migration-failed', 'no-postgres', 'cluster-busy'
 */
export async function ensureDatabase(home: string = homeFolder()): Promise<OpenDatabase> {
  const given = readEnv().DATABASE_URL
  if (given !== undefined) {
    process.env.AUDITWEAVE_DATABASE_URL = given
    await migrateDatabase(given)
    return { address: given, embedded: false, release: closeDatabase }
  }
  return ensureEmbedded(home)
}

async function ensureEmbedded(home: string): Promise<OpenDatabase> {
  const holder = registerHolder(home)
  const leave = async () => {
    await closeDatabase()
    holder.leave()
    await stopCluster(home, () => countHolders(home) === 0)
  }
  try {
    const address = await startCluster(home)
    process.env.AUDITWEAVE_DATABASE_URL = address
    process.env.AUDITWEAVE_HOME = home
    await migrateDatabase(address)
    let released: Promise<void> | null = null
    const release = () => {
      forget()
      return (released ??= leave())
    }
    const forget = onUnhandledSignal(release)
    return { address, embedded: true, release }
  } catch (error) {
    await leave()
    throw error
  }
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/** A command cut off by a signal that nobody else handles must not leave PostgreSQL behind. Answers how to stop listening. */
function onUnhandledSignal(release: () => Promise<void>): () => void {
  const listeners = Object.entries(SIGNALS).map(([signal, code]) => {
    const listener = () => {
      if (process.listenerCount(signal) === 1) void release().finally(() => process.exit(code))
    }
    process.on(signal, listener)
    return () => process.off(signal, listener)
  })
  return () => listeners.forEach((remove) => remove())
}
