import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { isLock, takeLock } from './cluster/lock-file'
import { countHolders, registerHolder } from './cluster/holders'
import { startCluster, stopCluster } from './cluster/cluster'
import { closeDatabase } from './database'
import { projectRoot } from './home'
import { migrateDatabase } from './migrate'

export interface TestDatabase {
  readonly address: string
  /** The data folder of this test, removed by `close`. */
  readonly home: string
  close(): Promise<void>
}

/**
 * A database of its own for one test file, on a real embedded PostgreSQL that all test files of this user share: it is started
 * by the first, stopped by the last, and its files stay for the next time. Points this process at it.
 */
export async function openTestDatabase(): Promise<TestDatabase> {
  const shared = path.join(tmpdir(), `auditweave-test-${userInfo().uid}`)
  const holder = registerHolder(shared)
  const admin = new URL(await startCluster(shared))
  const name = `test_${randomBytes(6).toString('hex')}`
  await copyTemplate(shared, admin, name)
  const address = Object.assign(new URL(admin), { pathname: `/${name}` }).href
  const home = mkdtempSync(path.join(tmpdir(), 'auditweave-home-'))
  delete process.env.DATABASE_URL
  process.env.AUDITWEAVE_DATABASE_URL = address
  process.env.AUDITWEAVE_HOME = home
  return {
    address,
    home,
    close: async () => {
      await closeDatabase()
      await run(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      holder.leave()
      await stopCluster(shared, () => countHolders(shared) === 0)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Migrates once for each state of prisma/migrations; a copy of that takes a tenth of a second. */
async function copyTemplate(shared: string, admin: URL, name: string): Promise<void> {
  const template = `template_${migrationsHash()}`
  const file = path.join(shared, 'template.lock')
  let lock = takeLock(file)
  for (; !isLock(lock); lock = takeLock(file)) await sleep(100)
  try {
    const there = await run(admin, `SELECT FROM pg_database WHERE datname = '${template}'`)
    if (there === 0) await makeTemplate(admin, template)
    await run(admin, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  } finally {
    lock.release()
  }
}

async function makeTemplate(admin: URL, template: string): Promise<void> {
  const partial = `${template}_new`
  await run(admin, `DROP DATABASE IF EXISTS ${partial} WITH (FORCE)`)
  await run(admin, `CREATE DATABASE ${partial}`)
  await migrateDatabase(Object.assign(new URL(admin), { pathname: `/${partial}` }).href)
  await run(admin, `ALTER DATABASE ${partial} RENAME TO ${template}`)
}

function migrationsHash(): string {
  const folder = path.join(projectRoot(), 'prisma', 'migrations')
  const hash = createHash('sha256')
  for (const entry of readdirSync(folder, { withFileTypes: true }).filter((found) => found.isDirectory())) hash.update(entry.name).update(readFileSync(path.join(folder, entry.name, 'migration.sql')))
  return hash.digest('hex').slice(0, 12)
}

async function run(address: URL, statement: string): Promise<number> {
  const client = new Client({ connectionString: address.href })
  await client.connect()
  try {
    return (await client.query(statement)).rowCount ?? 0
  } finally {
    await client.end()
  }
}
