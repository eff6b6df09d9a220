import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memorySource } from '@/lib/audit/source'
import type { LabellingLog } from '@/lib/labelling/types'
import { reserveDataset } from '../import-state'
import { importDataset } from '../import-dataset'
import { openTestDatabase, type TestDatabase } from '../testing'
import { readLabellingLog } from './log'

let database: TestDatabase
beforeAll(async () => { database = await openTestDatabase() })
afterAll(() => database.close())

const line = (auditID: string, time: string | null, more: object = {}): string => JSON.stringify({
  kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', auditID, stage: 'ResponseComplete', requestURI: '/api/v1/namespaces/n/pods/p', verb: 'get', user: { username: 'ann' },
  objectRef: { resource: 'pods', subresource: 'log', namespace: 'n', name: 'p', apiVersion: 'v1' }, responseStatus: { code: 200 }, ...(time === null ? {} : { requestReceivedTimestamp: time }), ...more,
})

/** Line by line again, as a page reads it. */
function read(log: LabellingLog): unknown[][] {
  const text = (column: readonly number[], i: number): string | null => log.texts[column[i] ?? -1] ?? null
  return log.seq.map((seq, i) => [
    seq, log.auditIDs[log.request[i] ?? -1], text(log.stage, i), log.at[i], text(log.verb, i), text(log.user, i), text(log.group, i), text(log.resource, i), text(log.subresource, i), text(log.namespace, i), text(log.name, i), log.code[i],
  ])
}

describe('the columns of a log', () => {
  it('hold every line in order of time, whatever the batch, and all stages of a request as one request', async () => {
    const { dataset } = await importDataset(memorySource([
      line('b', '2026-01-01T00:00:01.000250Z'), line('a', '2026-01-01T00:00:00.000500Z', { stage: 'RequestReceived', responseStatus: undefined }), line('a', '2026-01-01T00:00:00.000500Z'),
      line('c', null, { requestURI: '/healthz', objectRef: undefined, user: {} }), line('d', null),
      line('e', '2026-01-01T00:00:02.000000Z', { objectRef: { resource: 'deployments', apiGroup: 'apps', apiVersion: 'v1', namespace: 'n', name: 'web' } }),
    ].join('\n')), { name: 'columns' })
    const lines = read(await readLabellingLog(dataset.id))
    expect(lines).toEqual([
      [1, 'a', 'RequestReceived', 0.5, 'get', 'ann', null, 'pods', 'log', 'n', 'p', 0],
      [2, 'a', 'ResponseComplete', 0.5, 'get', 'ann', null, 'pods', 'log', 'n', 'p', 200],
      [0, 'b', 'ResponseComplete', 1000.25, 'get', 'ann', null, 'pods', 'log', 'n', 'p', 200],
      [5, 'e', 'ResponseComplete', 2000, 'get', 'ann', 'apps', 'deployments', null, 'n', 'web', 200],
      [3, 'c', 'ResponseComplete', 2000, 'get', null, null, null, null, null, null, 200],
      [4, 'd', 'ResponseComplete', 2000, 'get', 'ann', null, 'pods', 'log', 'n', 'p', 200],
    ])
    for (const batch of [1, 2, 5, 6]) expect(read(await readLabellingLog(dataset.id, batch))).toEqual(lines)
    expect(await readLabellingLog(dataset.id)).toMatchObject({ dataset: { name: 'columns' }, lines: 6, auditIDs: ['a', 'b', 'e', 'c', 'd'], firstMillis: Date.UTC(2026, 0, 1) })
  })

  it('are there for an imported data set alone', async () => {
    await expect(readLabellingLog('none')).rejects.toMatchObject({ code: 'unknown-dataset' })
    const id = await reserveDataset('waiting', 'x', { waits: true })
    await expect(readLabellingLog(id)).rejects.toMatchObject({ code: 'wrong-state' })
  })
})
