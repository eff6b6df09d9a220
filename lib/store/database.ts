import { PrismaPg } from '@prisma/adapter-pg'
import { Pool, type PoolClient, type QueryResultRow } from 'pg'
import { PrismaClient } from '@/generated/prisma/client'
import { AuditweaveError } from '@/lib/audit/errors'
import { describeFailure } from './database-errors'
import { readEnv } from './env'

interface Connections { readonly address: string; readonly pool: Pool; readonly prisma: PrismaClient }

// On the global object: a development server loads modules anew, and each must not open its own pool.
const holder = globalThis as { auditweaveConnections?: Connections }

/** The address of the database this process uses. @throws AuditweaveError 'no-database' when none was opened. */
export function databaseAddress(): string {
  const env = readEnv()
  const address = env.AUDITWEAVE_DATABASE_URL ?? env.DATABASE_URL
  if (address === undefined) throw new AuditweaveError('no-database', 'No database is open. Start Auditweave with npm start, or set DATABASE_URL.')
  return address
}

function connections(): Connections {
  const address = databaseAddress()
  if (holder.auditweaveConnections?.address !== address) {
    const pool = new Pool({ connectionString: address, max: 8, idleTimeoutMillis: 30_000, connectionTimeoutMillis: 10_000 })
    // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
    pool.on('error', () => {})
    const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
    holder.auditweaveConnections = { address, pool, prisma }
  }
  return holder.auditweaveConnections
}

/** Runs `work` with the one Prisma client of this process. */
export async function withPrisma<T>(work: (client: PrismaClient) => Promise<T>): Promise<T> {
  try {
    return await work(connections().prisma)
  } catch (error) {
    throw describeFailure(error)
  }
}

/** Runs one statement; values always travel as parameters. Errors of a database that is down are made plain. */
export async function sql<Row extends QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
  try {
    return (await connections().pool.query<Row>(text, [...values])).rows
  } catch (error) {
    throw describeFailure(error)
  }
}

/** Runs `work` in one transaction on one connection: all of it is kept, or nothing. */
export async function inTransaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await connections().pool.connect().catch((error: unknown) => { throw describeFailure(error) })
  let broken: Error | undefined
  const onError = (error: Error) => { broken = error }
  client.on('error', onError)
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => { broken = failure })
    throw describeFailure(error)
  } finally {
    client.off('error', onError)
    client.release(broken)
  }
}

/** Closes this process's connections; the next use opens new ones. */
export async function closeDatabase(): Promise<void> {
  const open = holder.auditweaveConnections
  holder.auditweaveConnections = undefined
  if (open === undefined) return
  await open.prisma.$disconnect()
  await open.pool.end()
}
