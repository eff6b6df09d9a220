import PgBoss from 'pg-boss'
import { databaseAddress, inTransaction } from '@/lib/store/database'
import { describeFailure } from '@/lib/store/database-errors'
import { homeId } from '@/lib/store/home'
import type { JobBackend, TakenJob } from './backend'
import { JOB_KINDS, parsePayload, type JobKind, type Payload } from './contracts'

const SCHEMA = 'pgboss'
/** The row's lease governs; this only cleans up after workers that are gone for good (the queue's own maximum is a day). */
const EXPIRE_HOURS = 23
const SET_UP_TRIES = 10
/** PostgreSQL's code. */
const DEADLOCK = '40P01'

/** The queue's name: imports read files of one machine, so only workers of the same data folder take them. */
function queueOf(kind: JobKind): string {
  return kind === 'import' ? `import-${homeId()}` : kind
}

/** The queue over pg-boss, in the same database. `supervise` in workers: they do the queue's housekeeping. */
export async function openPgBoss(options: { supervise: boolean }): Promise<JobBackend> {
  const boss = new PgBoss({ connectionString: databaseAddress(), schema: SCHEMA, supervise: options.supervise, schedule: false, max: 3, application_name: 'auditweave-queue' })
  // A break is told by the next call; without a listener it would end the process.
  boss.on('error', () => {})
  try {
    await oneAtATime(() => setUp(boss))
  } catch (error) {
    await boss.stop({ graceful: false, wait: false }).catch(() => {})
    throw describeFailure(error)
  }
  return new PgBossBackend(boss)
}

/** Any number; only this file takes it. */
const SET_UP_LOCK = 7_203_114

/** Tables and queues are made by whoever is first; two who make queues at once would wait for one another for ever (a deadlock). */
async function oneAtATime(work: () => Promise<void>): Promise<void> {
  await inTransaction(async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [SET_UP_LOCK])
    await work()
  })
}

async function setUp(boss: PgBoss): Promise<void> {
  await boss.start()
  for (const kind of JOB_KINDS) await createQueue(boss, queueOf(kind))
}

async function createQueue(boss: PgBoss, name: string): Promise<void> {
  for (let round = 1; (await boss.getQueue(name)) === null; round++) {
    try {
      await boss.createQueue(name, { name, policy: 'standard', retryLimit: 0, expireInHours: EXPIRE_HOURS })
    } catch (error) {
      // Its tables hang together with those of queues that others are reading now.
      if (round === SET_UP_TRIES || (error as { code?: string }).code !== DEADLOCK) throw error
    }
  }
}

class PgBossBackend implements JobBackend {
  readonly #boss: PgBoss

  constructor(boss: PgBoss) {
    this.#boss = boss
  }

  async send<K extends JobKind>(kind: K, payload: Payload<K>, options: { priority?: number } = {}): Promise<void> {
    await this.#boss.send(queueOf(kind), payload, { priority: options.priority ?? 0, retryLimit: 0, expireInHours: EXPIRE_HOURS })
  }

  async take(kinds: readonly JobKind[]): Promise<TakenJob | null> {
    for (const kind of kinds) {
      const [job] = await this.#boss.fetch(queueOf(kind))
      if (job === undefined) continue
      try {
        return { jobId: job.id, kind, payload: parsePayload(kind, job.data) }
      } catch (error) {
        await this.#boss.fail(queueOf(kind), job.id, { note: error instanceof Error ? error.message : String(error) })
        throw error
      }
    }
    return null
  }

  async reprioritise(kind: JobKind, ids: readonly string[], priority: number): Promise<void> {
    await this.#boss.getDb().executeSql(`UPDATE ${SCHEMA}.job SET priority = $3 WHERE name = $1 AND state IN ('created', 'retry') AND data->>'id' = ANY($2)`, [queueOf(kind), ids, priority])
  }

  async finish(job: TakenJob, outcome: { ok: boolean; note: string }): Promise<void> {
    const queue = queueOf(job.kind)
    if (outcome.ok) await this.#boss.complete(queue, job.jobId, { note: outcome.note })
    else await this.#boss.fail(queue, job.jobId, { note: outcome.note })
  }

  async waiting(kind: JobKind): Promise<Set<string>> {
    const { rows } = await this.#boss.getDb().executeSql(`SELECT data->>'id' AS id FROM ${SCHEMA}.job WHERE name = $1 AND state IN ('created', 'retry')`, [queueOf(kind)])
    return new Set((rows as { id: string }[]).map((row) => row.id))
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false, wait: true, timeout: 2000 })
  }
}
