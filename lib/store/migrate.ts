import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { Client } from 'pg'
import { AuditweaveError } from '@/lib/audit/errors'
import { describeFailure } from './database-errors'
import { projectRoot } from './home'

const OLDEST_VERSION = 15

/**
 * Brings the database's tables up to date. Nothing to do is told by one query; otherwise Prisma's CLI applies what is missing
 * (under its own advisory lock, so that two processes may both try).
 * @throws AuditweaveError 'database-down', 'database-too-old', 'database-newer', 'migration-failed'
 */
export async function migrateDatabase(address: string): Promise<void> {
  const wanted = migrationNames()
  const applied = await appliedMigrations(address)
  const unknown = applied.filter((name) => !wanted.includes(name))
  if (unknown.length > 0) throw new AuditweaveError('database-newer', `The database was made by a newer Auditweave (it has ${unknown.join(', ')}). Use that version, or another database.`)
  if (wanted.every((name) => applied.includes(name))) return
  await deploy(address)
}

function migrationNames(): string[] {
  const folder = path.join(projectRoot(), 'prisma', 'migrations')
  return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name)
}

async function appliedMigrations(address: string): Promise<string[]> {
  const client = new Client({ connectionString: address, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const version = Math.floor(Number((await client.query('SHOW server_version_num')).rows[0]?.server_version_num) / 10_000)
    if (version < OLDEST_VERSION) throw new AuditweaveError('database-too-old', `The database is PostgreSQL ${version}; Auditweave needs ${OLDEST_VERSION} or newer. Upgrade it, or unset DATABASE_URL to use the embedded one.`)
    const { rows: [table] } = await client.query<{ there: boolean }>(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`)
    if (!table?.there) return []
    const { rows } = await client.query<{ migration_name: string }>('SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL')
    return rows.map((row) => row.migration_name)
  } catch (error) {
    throw describeFailure(error)
  } finally {
    await client.end().catch(() => {})
  }
}

async function deploy(address: string): Promise<void> {
  const root = projectRoot()
  const output: Buffer[] = []
  const child = spawn(process.execPath, [path.join(root, 'tools', 'prisma.mjs'), 'migrate', 'deploy'], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: address },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.on('data', (part: Buffer) => output.push(part))
  child.stderr.on('data', (part: Buffer) => output.push(part))
  const status = await new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)))
  if (status !== 0) throw new AuditweaveError('migration-failed', `The database's tables could not be brought up to date: ${Buffer.concat(output).toString().trim()}`)
}
