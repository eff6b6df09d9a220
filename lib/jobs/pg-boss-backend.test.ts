import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '@/lib/store/database'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import type { JobBackend } from './backend'
import { openPgBoss } from './pg-boss-backend'

let database: TestDatabase
const open: JobBackend[] = []
beforeAll(async () => { database = await openTestDatabase() })
afterAll(async () => {
  await Promise.all(open.map((backend) => backend.close()))
  await database.close()
})

const id = (n: number): string => `run${String(n).padStart(9, '0')}`

describe('the queue', () => {
  it('can be sent to by many in the very moment in which others set it up', async () => {
    for (let round = 0; round < 3; round++) {
      await sql('DROP SCHEMA IF EXISTS pgboss CASCADE')
      const backends = await Promise.all(Array.from({ length: 6 }, async (_, n) => {
        const backend = await openPgBoss({ supervise: n % 2 === 0 })
        await backend.send('run', { id: id(n) })
        return backend
      }))
      const taken = await Promise.all(backends.map((backend) => backend.take(['run'])))
      expect(taken.map((job) => job?.payload.id).sort()).toEqual(backends.map((_, n) => id(n)))
      await Promise.all(backends.map((backend) => backend.close()))
    }
  }, 60_000)

  it('hands out the most urgent first, and heeds a change of mind', async () => {
    const queue = await openPgBoss({ supervise: false })
    open.push(queue)
    for (const [n, priority] of [0, 2, 0, 5].entries()) await queue.send('run', { id: id(10 + n) }, { priority })
    await queue.reprioritise('run', [id(12)], 9)
    const order: (string | undefined)[] = []
    for (let n = 0; n < 4; n++) order.push((await queue.take(['run']))?.payload.id)
    expect(order).toEqual([id(12), id(13), id(11), id(10)])
  })
})
