import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { AuditweaveError } from '@/lib/audit/errors'
import { reachableByOthers, type Account } from './account'
import { runProgram } from './run-program'
import { stateFolder } from './state-folder'

export const DATABASE_USER = 'auditweave'
export const DATABASE_NAME = 'auditweave'

/**
 * Where the cluster's files are: `postgres/` in the data folder; as root, and when the data folder cannot be crossed by
 * the server account (say under /root), a folder of its own under the state folder, named by the data folder's hash.
 * The choice is written down once: later changes of modes must not make the data seem lost. What is inside is told by its place in
 * the data folder, so that this may be moved and copied as a whole. A new data folder in the
 * place of a deleted one gets a new cluster: it could not know the old one's password.
 */
export function clusterFolder(home: string, account: Account | null): string {
  const record = path.join(home, 'cluster.json')
  if (existsSync(record)) return recordedFolder(home, (JSON.parse(readFileSync(record, 'utf8')) as { folder: string }).folder)
  mkdirSync(home, { recursive: true, mode: 0o755 })
  const inside = account === null || reachableByOthers(home)
  const folder = inside ? path.join(home, INSIDE) : path.join(stateFolder(), 'clusters', `${hashOf(home)}-${randomBytes(4).toString('hex')}`)
  writeFileSync(record, JSON.stringify({ folder: inside ? INSIDE : folder }))
  return folder
}

const INSIDE = 'postgres'

/** Earlier versions wrote down the whole path also of a cluster inside, which is another after a move. */
function recordedFolder(home: string, recorded: string): string {
  const own = path.join(home, INSIDE)
  return !path.isAbsolute(recorded) || (path.basename(recorded) === INSIDE && existsSync(path.join(own, 'PG_VERSION'))) ? own : recorded
}

function hashOf(home: string): string {
  return createHash('sha256').update(path.resolve(home)).digest('hex').slice(0, 16)
}

function passwordFile(home: string): string {
  return path.join(home, 'postgres.password')
}

/** The password of the cluster's one user, random, kept with mode 0600. */
export function clusterPassword(home: string): string {
  const file = passwordFile(home)
  if (!existsSync(file)) {
    const temporary = `${file}.${randomUUID()}`
    writeFileSync(temporary, randomBytes(24).toString('base64url'), { mode: 0o600 })
    renameSync(temporary, file)
  }
  return readFileSync(file, 'utf8').trim()
}

/** Makes the cluster unless it is there; one that was interrupted while being made is made anew. */
export async function createCluster(home: string, folder: string, binaries: string, account: Account | null): Promise<void> {
  if (existsSync(path.join(folder, 'PG_VERSION'))) return
  if (existsSync(folder)) throw new AuditweaveError('bad-home', `${folder} is there but holds no PostgreSQL cluster. Move it away, or choose another AUDITWEAVE_HOME.`)
  const partial = `${folder}.new`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(path.dirname(folder), { recursive: true, mode: 0o755 })
  mkdirSync(partial, { mode: 0o700 })
  const secret = `${folder}.secret`
  writeFileSync(secret, `${clusterPassword(home)}\n`, { mode: 0o600 })
  if (account !== null) for (const file of [partial, secret]) chownSync(file, account.uid, account.gid)
  chmodSync(partial, 0o700)
  try {
    const flags = ['-D', partial, '-U', DATABASE_USER, '-A', 'scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions']
    const { status, output } = await runProgram(path.join(binaries, 'initdb'), flags, account)
    if (status !== 0) throw new AuditweaveError('no-cluster', `PostgreSQL's files could not be made in ${partial}: ${output.trim() || `initdb ended with ${status}`}`)
    renameSync(partial, folder)
  } finally {
    rmSync(secret, { force: true })
  }
}
