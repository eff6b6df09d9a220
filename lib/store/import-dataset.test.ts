import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memorySource } from '@/lib/audit/source'
import { sql } from './database'
import { deleteDataset, findDataset, listDatasets } from './datasets'
import { getEvent, listEvents, streamEvents } from './events'
import { clearDeadImports, reserveDataset, stopImport } from './import-state'
import { importDataset } from './import-dataset'
import { currentLabels, labelledShare } from './labels'
import { rejectsFile } from './rejects'
import { openTestDatabase, type TestDatabase } from './testing'

const folder = path.join(process.cwd(), 'datasets', 'sample')
const log = gunzipSync(readFileSync(path.join(folder, 'audit.jsonl.gz'))).toString()
const truth = gunzipSync(readFileSync(path.join(folder, 'truth.jsonl.gz'))).toString()
const lines = log.trim().split('\n')

function event(overrides: Record<string, unknown>): string {
  return JSON.stringify({ kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', auditID: 'a', stage: 'ResponseComplete', requestURI: '/api/v1/pods', verb: 'list', user: { username: 'u' }, objectRef: { resource: 'pods', apiVersion: 'v1' }, responseStatus: { code: 200 }, requestReceivedTimestamp: '2026-01-01T00:00:00.000000Z', ...overrides })
}

let database: TestDatabase
beforeAll(async () => { database = await openTestDatabase() })
afterAll(() => database.close())

describe('importDataset', () => {
  it('keeps every event and every label of the truth', async () => {
    const seen: string[] = []
    const { dataset } = await importDataset(memorySource(log), { name: 'sample', truth: memorySource(truth), onProgress: ({ phase }) => seen.push(phase) })
    expect(dataset).toMatchObject({ state: 'ready', events: lines.length, rejected: 0, error: null, progress: null })
    expect(dataset.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(new Set(seen)).toEqual(new Set(['reading', 'labels', 'summary']))
    const wanted = new Map(truth.trim().split('\n').map((line) => JSON.parse(line) as { auditID: string; role: string; context: string | null; label: { resource: string } | null }).map((record) => [record.auditID, record]))
    const labels = await currentLabels(dataset.id)
    for (const [auditID, found] of labels) {
      const record = wanted.get(auditID)
      expect([found.role, found.context, found.label?.resource ?? null]).toEqual([record?.role, record?.context, record?.label?.resource ?? null])
    }
    expect(labels.size).toBe(dataset.auditIDs)
    expect((await labelledShare(dataset.id)).total).toBe(dataset.auditIDs)
    const times: number[] = []
    for await (const batch of streamEvents(dataset.id, { batch: 100 })) for (const { event: one } of batch) times.push(one.receivedMicros ?? Number.POSITIVE_INFINITY)
    expect(times).toHaveLength(lines.length)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect((await listEvents(dataset.id, { role: 'trigger', limit: 1 })).total).toBeGreaterThan(0)
    expect((await listEvents(dataset.id, { q: '100%_' })).total).toBe(0)
  })

  it('refuses a name that is taken', async () => {
    await expect(importDataset(memorySource(log), { name: 'sample' })).rejects.toMatchObject({ code: 'name-taken', message: 'There is a data set "sample" already. Choose another name, or delete that one first.' })
  })

  it('refuses a truth of another log, and keeps nothing', async () => {
    const other = truth.replaceAll(/"auditID":"/g, '"auditID":"not-')
    const count = truth.trim().split('\n').length.toLocaleString('en')
    await expect(importDataset(memorySource(log), { name: 'wrong', truth: memorySource(other), truthName: 'other.jsonl' })).rejects.toMatchObject({
      code: 'wrong-truth', message: expect.stringContaining(`other.jsonl does not belong to this log: 0 of its ${count} auditIDs are among the log's`),
    })
    expect(await findDataset('wrong')).toBeNull()
    expect(await sql('SELECT FROM events e LEFT JOIN datasets d ON d.id = e.dataset_id WHERE d.id IS NULL')).toEqual([])
  })

  it('takes the truth of the whole log for a slice of it', async () => {
    const { dataset } = await importDataset(memorySource(lines.slice(0, 20).join('\n')), { name: 'slice', truth: memorySource(truth) })
    expect(dataset.summary?.truth).toMatchObject({ auditIDs: dataset.auditIDs, withoutTruth: 0 })
  })

  it('refuses what is no audit log, saying what it is', async () => {
    await expect(importDataset(memorySource(''), { name: 'empty' })).rejects.toMatchObject({ code: 'not-an-audit-log', message: expect.stringContaining('nothing, it is empty') })
    expect(await findDataset('empty')).toBeNull()
  })

  it('orders by time and keeps equal and missing times in the order of the log', async () => {
    const at = (n: number) => `2026-01-01T00:00:0${n}.000000Z`
    const text = [['c', at(3)], ['x', null], ['a', at(1)], ['b1', at(2)], ['y', null], ['b2', at(2)]].map(([auditID, requestReceivedTimestamp]) => event({ auditID, requestReceivedTimestamp })).join('\n')
    const { dataset } = await importDataset(memorySource(text), { name: 'order' })
    for (const batch of [1, 2, 3, 100]) {
      const ids: string[] = []
      for await (const part of streamEvents(dataset.id, { batch })) ids.push(...part.map(({ event: one }) => one.auditID))
      expect(ids).toEqual(['a', 'b1', 'b2', 'c', 'x', 'y'])
    }
    expect((await listEvents(dataset.id)).rows.map((row) => row.auditID)).toEqual(['a', 'b1', 'b2', 'c', 'x', 'y'])
  })

  it('takes hostile text: NUL, half surrogates, tabs, backslashes, a name of a megabyte', async () => {
    const hostile = 'a\u0000b\ud800c\td\\N\r\n\\.'
    const text = [event({ auditID: 'h', user: { username: hostile }, userAgent: hostile }), event({ auditID: 'long', objectRef: { resource: 'pods', name: 'n'.repeat(1 << 20) } }), '\\.', 'not json'].join('\n')
    const { dataset } = await importDataset(memorySource(text), { name: 'hostile' })
    expect(dataset).toMatchObject({ events: 2, rejected: 2 })
    expect((await getEvent(dataset.id, 0))?.event.userAgent).toBe('a\uFFFDb\uFFFDc\td\\N\r\n\\.')
    expect((await getEvent(dataset.id, 0))?.row.username).toBe('a\uFFFDb\uFFFDc\td\\N\r\n\\.')
    const long = await getEvent(dataset.id, 1)
    expect([long?.row.name?.length, long?.event.objectRef?.name?.length]).toEqual([512, 1 << 20])
    const rejects = readFileSync(rejectsFile(dataset.id), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { line: number; text: string })
    expect(rejects.map((reject) => [reject.line, reject.text])).toEqual([[3, '\\.'], [4, 'not json']])
  })

  it('shows nothing of an import that is stopped', async () => {
    async function* slow() {
      yield Buffer.from(`${lines[0]}\n`.repeat(50))
      for (let i = 0; i < 50; i++) {
        await sleep(100)
        yield Buffer.from(`${lines[i]}\n`)
      }
    }
    const id = await reserveDataset('stopped', 'x', { waits: true })
    const outcome = importDataset({ [Symbol.asyncIterator]: slow }, { name: 'stopped', datasetId: id }).then(() => 'done', (error: { code: string }) => error.code)
    await sleep(300)
    expect((await findDataset(id))?.state).toBe('importing')
    expect(await sql('SELECT FROM events WHERE dataset_id = $1', [id])).toEqual([])
    await stopImport(id)
    expect(await outcome).toBe('import-stopped')
    expect(await findDataset(id)).toMatchObject({ state: 'failed', error: { code: 'import-stopped' }, events: 0 })
  })

  it('marks an import whose process died as failed, and frees its name', async () => {
    const id = await reserveDataset('dead', 'x', { waits: false })
    await sql(`UPDATE datasets SET lease_until = now() - interval '1 s' WHERE id = $1`, [id])
    await clearDeadImports()
    expect(await findDataset(id)).toMatchObject({ state: 'failed', error: { code: 'import-interrupted' } })
    const { dataset } = await importDataset(memorySource(event({})), { name: 'dead' })
    expect(dataset.state).toBe('ready')
  })

  it('goes with all that belongs to it', async () => {
    for (const { id } of await listDatasets()) await deleteDataset(id)
    expect(await sql('SELECT FROM events')).toEqual([])
    expect(await sql('SELECT FROM label_events')).toEqual([])
  })
})
