import { spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase, sql } from './database'
import { listDatasets } from './datasets'
import { ensureDatabase } from './ensure-database'
import { migrateDatabase } from './migrate'
import { openTestDatabase, type TestDatabase } from './testing'

let database: TestDatabase
beforeAll(async () => { database = await openTestDatabase() })
afterAll(() => database.close())

/** An address where nobody listens. */
async function deadAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `postgresql://someone:secret@127.0.0.1:${port}/auditweave`
}

describe('migrations', () => {
  it('make what schema.prisma says', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/prisma.mjs', 'migrate', 'diff', '--from-config-datasource', '--to-schema', 'prisma/schema.prisma', '--exit-code'], { env: { ...process.env, DATABASE_URL: database.address }, encoding: 'utf8' })
    expect(`${stdout}${stderr}`).toContain('No difference detected')
    expect(status).toBe(0)
  })

  it('are told to be up to date by a query', async () => {
    const began = performance.now()
    await migrateDatabase(database.address)
    // Far below what starting the Prisma command line takes on a busy machine, far above a query.
    expect(performance.now() - began).toBeLessThan(5000)
  })

  it('refuse a database of a newer version', async () => {
    await sql(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '99991231000000_later', now())`)
    await expect(migrateDatabase(database.address)).rejects.toMatchObject({ code: 'database-newer', message: expect.stringContaining('99991231000000_later') })
    await sql(`DELETE FROM _prisma_migrations WHERE id = 'x'`)
  })
})

describe('a database that is down', () => {
  it('is said plainly, with the address and without the password', async () => {
    const address = await deadAddress()
    const { host } = new URL(address)
    const message = `The database at ${host} does not answer. Start it (npm start runs the embedded one), or correct DATABASE_URL; what was saved is kept.`
    process.env.AUDITWEAVE_DATABASE_URL = address
    await expect(listDatasets()).rejects.toMatchObject({ code: 'database-down', message })
    await closeDatabase()
    process.env.DATABASE_URL = address
    await expect(ensureDatabase()).rejects.toMatchObject({ code: 'database-down', message })
    delete process.env.DATABASE_URL
    process.env.AUDITWEAVE_DATABASE_URL = database.address
  })

  it('is said when user or password are refused', async () => {
    const wrong = Object.assign(new URL(database.address), { password: 'wrong' }).href
    await expect(migrateDatabase(wrong)).rejects.toMatchObject({ code: 'database-refused' })
  })

  it('is said when there is no such database', async () => {
    await expect(migrateDatabase(Object.assign(new URL(database.address), { pathname: '/none' }).href)).rejects.toMatchObject({ code: 'database-missing' })
  })

  it('is forgotten when it is back', async () => {
    await sql('SELECT 1')
    await sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
    expect(await listDatasets()).toEqual([])
  })
})
