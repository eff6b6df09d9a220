import { existsSync, readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { AuditweaveError } from '@/lib/audit/errors'
import { serverAccount, type Account } from './account'
import { postgresBinaries } from './binaries'
import { clusterFolder, clusterPassword, createCluster, DATABASE_NAME, DATABASE_USER } from './create-cluster'
import { freePort } from './free-port'
import { isLock, takeLock, type Lock } from './lock-file'
import { noteHome, otherOwner, pruneClusters } from './prune-clusters'
import { runProgram } from './run-program'

const START_TRIES = 5
const LOCK_SECONDS = 60

interface Place { readonly home: string; readonly folder: string; readonly binaries: string; readonly account: Account | null }

/**
 * Starts the cluster of a data folder unless it runs already (a crash may have left it running), makes it at first use,
 * and answers the address of its database. Listens on 127.0.0.1 only, on a free port, without a unix socket.
 */
export async function startCluster(home: string): Promise<string> {
  return withClusterLock(home, async () => {
    const account = serverAccount()
    const place = { home, folder: clusterFolder(home, account), binaries: postgresBinaries(account), account }
    refuseCopy(home, place.folder)
    await createCluster(home, place.folder, place.binaries, account)
    tidy(home, place.folder)
    const port = (await answeringPort(place)) ?? (await startServer(place))
    await ensureDatabaseExists(addressOf(home, port, 'postgres'))
    return addressOf(home, port, DATABASE_NAME)
  })
}

/** Two data folders would write into one cluster, and believe that it is theirs. @throws AuditweaveError 'bad-home' */
function refuseCopy(home: string, folder: string): void {
  const owner = path.dirname(folder) === path.resolve(home) ? null : otherOwner(folder, home)
  if (owner !== null) throw new AuditweaveError('bad-home', `${home} is a copy of ${owner}, whose database lies outside it in ${folder}: a copy has no database of its own. Use ${owner}, or remove ${path.join(home, 'cluster.json')} and begin with an empty one.`)
}

/** Notes whose a cluster outside its data folder is, and removes those whose data folder is gone for good. No start fails over it. */
function tidy(home: string, folder: string): void {
  if (path.dirname(folder) === path.resolve(home)) return
  try {
    noteHome(folder, home)
    pruneClusters(path.dirname(folder))
  } catch {
    // Tried again at the next start.
  }
}

/** Stops the cluster (fast shutdown: sessions are cut, everything committed is kept) if `mayStop` still says so under the lock. */
export async function stopCluster(home: string, mayStop: () => boolean = () => true): Promise<void> {
  await withClusterLock(home, async () => {
    if (!mayStop()) return
    const account = serverAccount()
    const folder = clusterFolder(home, account)
    if (runningPort(folder) === null) return
    const control = path.join(postgresBinaries(account), 'pg_ctl')
    const { status } = await runProgram(control, ['stop', '-D', folder, '-m', 'fast', '-w', '-t', '15', '-s'], account)
    if (status !== 0) await runProgram(control, ['stop', '-D', folder, '-m', 'immediate', '-w', '-t', '5', '-s'], account)
  })
}

/** The address of the cluster's database if it runs, without starting it. */
export async function runningAddress(home: string): Promise<string | null> {
  if (!existsSync(path.join(home, 'cluster.json'))) return null
  const folder = clusterFolder(home, serverAccount())
  const port = runningPort(folder)
  return port !== null && (await answers(addressOf(home, port, DATABASE_NAME))) ? addressOf(home, port, DATABASE_NAME) : null
}

async function withClusterLock<T>(home: string, work: () => Promise<T>): Promise<T> {
  const lock = await waitForLock(path.join(home, 'cluster.lock'))
  try {
    return await work()
  } finally {
    lock.release()
  }
}

async function waitForLock(file: string): Promise<Lock> {
  for (let waited = 0; ; waited += 0.1) {
    const lock = takeLock(file, 'starting or stopping PostgreSQL')
    if (isLock(lock)) return lock
    if (waited > LOCK_SECONDS) throw new AuditweaveError('cluster-busy', `Process ${lock.pid} has been starting or stopping the database for ${LOCK_SECONDS} s (${file}). Stop that process and try again.`)
    await sleep(100)
  }
}

function addressOf(home: string, port: number, database: string): string {
  return `postgresql://${DATABASE_USER}:${clusterPassword(home)}@127.0.0.1:${port}/${database}`
}

/** The port in postmaster.pid (its fourth line); the file may be stale, or of another cluster (its second line) that was copied while it ran. */
function runningPort(folder: string): number | null {
  try {
    const [, data = '', , line] = readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n')
    const port = Number(line)
    return Number.isInteger(port) && port > 0 && realpathSync(data) === realpathSync(folder) ? port : null
  } catch {
    return null
  }
}

async function answeringPort(place: Place): Promise<number | null> {
  const port = runningPort(place.folder)
  return port !== null && (await answers(addressOf(place.home, port, 'postgres'))) ? port : null
}

async function answers(address: string): Promise<boolean> {
  const client = new Client({ connectionString: address, connectionTimeoutMillis: 3000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function startServer(place: Place): Promise<number> {
  const log = path.join(place.folder, 'server.log')
  for (let round = 1; ; round++) {
    const port = await freePort()
    const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c timezone=UTC -c max_wal_size=2GB -c max_parallel_workers_per_gather=0`
    const parameters = ['start', '-D', place.folder, '-l', log, '-w', '-t', '60', '-s', '-o', settings]
    const { status } = await runProgram(path.join(place.binaries, 'pg_ctl'), parameters, place.account, false)
    if (status === 0) return port
    // After kill -9 of the server its last sessions take a moment to go; another process may also have taken the port.
    if (round === START_TRIES) throw new AuditweaveError('database-down', `PostgreSQL did not start in ${place.folder}: ${lastLines(log)}. The whole log is ${log}.`)
    await sleep(500 * round)
  }
}

function lastLines(log: string): string {
  try {
    const lines = readFileSync(log, 'utf8').trim().split('\n')
    return lines.slice(-3).join(' | ')
  } catch {
    return 'it left no log'
  }
}

async function ensureDatabaseExists(adminAddress: string): Promise<void> {
  const client = new Client({ connectionString: adminAddress })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE_NAME])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE_NAME}`)
  } finally {
    await client.end()
  }
}
