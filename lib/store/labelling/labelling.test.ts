import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memorySource } from '@/lib/audit/source'
import type { BatchKind, LabelAct } from '@/lib/labelling/types'
import { sql } from '../database'
import { deleteDataset } from '../datasets'
import { currentLabels, labelledShare, labelsDigest, recordLabels } from '../labels'
import { importDataset } from '../import-dataset'
import { openTestDatabase, type TestDatabase } from '../testing'
import { requestHistory } from './history'
import { labelsSince } from './labels-since'
import { readLabellingLog } from './log'
import { listStacks } from './stacks'
import { takeBack } from './take-back'
import { act, batchOf, datasetOf, standing, write } from './testing'
import { writeBatch } from './write-batch'

let database: TestDatabase
beforeAll(async () => { database = await openTestDatabase() })
afterAll(() => database.close())

const REQUESTS = 6
let named = 0
const fresh = (count = REQUESTS): Promise<string> => datasetOf(`d${++named}`, count)

/** Undoes or redoes whatever is next. */
async function step(kind: 'undo' | 'redo', datasetId: string, actor: string): Promise<boolean> {
  const scope = { datasetId, assignment: null }
  const [top] = (await listStacks(scope, actor))[kind]
  if (top === undefined) return false
  expect((await takeBack(scope, { kind, batch: top.id }, actor)).state).toBe('written')
  return true
}

describe('an act of labelling', () => {
  it('is carried out once, however often it is sent', async () => {
    const datasetId = await fresh()
    const batch = batchOf([['r0', act('pods', 'c')], ['r0', { kind: 'flag' }], ['r0', { kind: 'comment', text: 'why' }], ['r1', { kind: 'skip' }]])
    const first = await writeBatch(datasetId, batch, 'ann')
    expect(await writeBatch(datasetId, batch, 'ann')).toEqual(first)
    expect(await standing(datasetId)).toEqual({ r0: ['labelled', 'trigger', 'pods', 'c', 'ann', true, false, 1], r1: ['unlabelled', null, null, null, null, false, true, 0] })
    await expect(writeBatch(datasetId, batch, 'bob')).rejects.toMatchObject({ code: 'batch-taken' })
    expect(await sql('SELECT FROM label_events WHERE dataset_id = $1', [datasetId])).toHaveLength(4)
  })

  it('is all or nothing', async () => {
    const datasetId = await fresh()
    await expect(write(datasetId, 'ann', [['r0', act('pods')], ['none', act('pods')]])).rejects.toMatchObject({ code: 'unknown-request' })
    await expect(writeBatch('none', batchOf([['r0', act('pods')]]), 'ann')).rejects.toMatchObject({ code: 'unknown-dataset' })
    expect(await standing(datasetId)).toEqual({})
  })

  it.each([['label', 'labelled'], ['propagate', 'labelled'], ['import', 'labelled'], ['rule', 'automatic'], ['adjudicate', 'reviewed']] as [Exclude<BatchKind, 'undo' | 'redo'>, string][])('of kind %s makes requests %s', async (kind, how) => {
    const datasetId = await fresh(1)
    await write(datasetId, 'ann', [['r0', act('pods')]], { kind })
    expect((await labelsSince({ datasetId, assignment: null }, 0)).labels).toMatchObject([{ auditID: 'r0', standing: how }])
  })

  it('is refused where another has labelled what its author has not seen, and says what stands', async () => {
    const datasetId = await fresh()
    const seen = await write(datasetId, 'ann', [['r0', act('pods')], ['r1', act('pods')]])
    const newest = seen.state === 'written' ? seen.newest : 0
    await write(datasetId, 'bob', [['r0', act('nodes')]])
    expect(await write(datasetId, 'ann', [['r0', act('jobs'), newest], ['r1', act('jobs'), newest]])).toMatchObject({ state: 'conflict', conflicts: [{ auditID: 'r0', now: { label: { resource: 'nodes' }, actor: 'bob' } }] })
    expect(await standing(datasetId)).toMatchObject({ r0: { 2: 'nodes' }, r1: { 2: 'pods' } })
    // His own newer ones he has made in the knowledge of the former, and marks overwrite nothing.
    expect(await write(datasetId, 'bob', [['r0', act('jobs'), newest]])).toMatchObject({ state: 'written' })
    expect(await write(datasetId, 'ann', [['r0', { kind: 'comment', text: 'no' }, 0], ['r0', { kind: 'flag' }, 0]])).toMatchObject({ state: 'written' })
    expect(await write(datasetId, 'ann', [['r0', { kind: 'clear' }, 0]])).toMatchObject({ state: 'conflict' })
  })

  it('takes an auditID as the text that it is', async () => {
    const hostile = ['__proto__', '..', `'; DROP TABLE label_events; --`, '\u202Eabc', '{"a":1}', 'a\\tb\n', '\uD800half', 'nul\u0000', 'x'.repeat(600)]
    const events = hostile.map((auditID) => JSON.stringify({ kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', auditID, stage: 'ResponseComplete', requestURI: '/', verb: 'get', user: {} }))
    const { dataset } = await importDataset(memorySource(events.join('\n')), { name: 'hostile' })
    const { auditIDs } = await readLabellingLog(dataset.id)
    await write(dataset.id, 'ann', hostile.map((auditID) => [auditID, act('pods', auditID)]))
    expect(Object.keys(await standing(dataset.id)).sort()).toEqual([...auditIDs].sort())
    expect((await requestHistory({ datasetId: dataset.id, assignment: null }, hostile.at(-1) ?? '')).map(({ kind }) => kind)).toEqual(['label'])
    expect(await step('undo', dataset.id, 'ann')).toBe(true)
    expect(await standing(dataset.id)).toEqual({})
  })

  it('never changes and never goes but with its data set', async () => {
    const datasetId = await fresh(1)
    await write(datasetId, 'ann', [['r0', act('pods')]])
    for (const table of ['label_events', 'label_batches']) {
      await expect(sql(`UPDATE ${table} SET actor = 'eve' WHERE dataset_id = $1`, [datasetId])).rejects.toThrow('never changed')
      await expect(sql(`DELETE FROM ${table} WHERE dataset_id = $1`, [datasetId])).rejects.toThrow('never changed')
    }
    await deleteDataset(datasetId)
    for (const table of ['label_events', 'label_batches']) expect(await sql(`SELECT FROM ${table} WHERE dataset_id = $1`, [datasetId])).toEqual([])
  })

  it('under an assignment stays apart from the shared labels', async () => {
    const datasetId = await fresh()
    await write(datasetId, 'ann', [['r0', act('pods')]])
    const digest = await labelsDigest(datasetId)
    await write(datasetId, 'bob', [['r0', act('nodes'), 0], ['r1', act('nodes'), 0]], { assignment: 'second' })
    expect([await standing(datasetId), await standing(datasetId, 'second')]).toMatchObject([{ r0: { 2: 'pods' } }, { r0: { 2: 'nodes' }, r1: { 2: 'nodes' } }])
    expect([...(await currentLabels(datasetId)).keys()]).toEqual(['r0'])
    expect([await labelsDigest(datasetId), await labelledShare(datasetId)]).toEqual([digest, { labelled: 1, total: REQUESTS }])
    expect((await listStacks({ datasetId, assignment: null }, 'bob')).undo).toEqual([])
  })
})

describe('labels since', () => {
  it('are those of the requests that changed', async () => {
    const datasetId = await fresh()
    const scope = { datasetId, assignment: null }
    await write(datasetId, 'ann', [['r0', act('pods')], ['r1', act('pods')]])
    const { newest } = await labelsSince(scope, 0)
    expect(await labelsSince(scope, newest)).toEqual({ newest, labels: [] })
    await write(datasetId, 'bob', [['r1', { kind: 'flag' }]])
    expect((await labelsSince(scope, newest)).labels).toMatchObject([{ auditID: 'r1', label: { resource: 'pods' }, actor: 'ann', flagged: true }])
  })

  it('hold imported truth and what was recorded otherwise', async () => {
    const datasetId = await fresh()
    await recordLabels(datasetId, [{ auditID: 'r0', role: 'trigger', label: { group: '', resource: 'pods', verb: 'get', namespaced: true, single: true } }, { auditID: 'r1', role: 'background', label: null }], { actor: 'import', source: 'truth' })
    expect(await standing(datasetId)).toEqual({ r0: ['labelled', 'trigger', 'pods', null, 'import', false, false, 0], r1: ['labelled', 'background', null, null, 'import', false, false, 0] })
    expect(await write(datasetId, 'ann', [['r0', act('jobs'), 0]])).toMatchObject({ state: 'conflict' })
    await write(datasetId, 'ann', [['r0', act('jobs')]])
    await step('undo', datasetId, 'ann')
    expect(await standing(datasetId)).toMatchObject({ r0: ['labelled', 'trigger', 'pods', null, 'import', false, false, 0] })
  })
})

describe('undo and redo', () => {
  const ACTS: LabelAct[] = [act('pods', 'a'), act('nodes', 'b'), { kind: 'clear' }, { kind: 'flag' }, { kind: 'unflag' }, { kind: 'comment', text: 'x' }, { kind: 'skip' }, { kind: 'label', role: 'background', label: null, context: null }]
  const oneAct = fc.record({ changes: fc.array(fc.tuple(fc.nat(REQUESTS - 1), fc.constantFrom(...ACTS)), { minLength: 1, maxLength: 4 }), kind: fc.constantFrom('label', 'rule', 'adjudicate') })

  it('lead back to the beginning and forth to the end, by every state between', async () => {
    await fc.assert(fc.asyncProperty(fc.array(oneAct, { minLength: 1, maxLength: 6 }), async (acts) => {
      const datasetId = await fresh()
      const states = [await standing(datasetId)]
      for (const { changes, kind } of acts) {
        await write(datasetId, 'ann', changes.map(([r, one]) => [`r${r}`, one]), { kind: kind as 'label' })
        states.push(await standing(datasetId))
      }
      for (const round of ['first', 'second']) {
        for (const state of states.slice(0, -1).reverse()) expect([round, await step('undo', datasetId, 'ann'), await standing(datasetId)]).toEqual([round, true, state])
        expect(await step('undo', datasetId, 'ann')).toBe(false)
        for (const state of states.slice(1)) expect([round, await step('redo', datasetId, 'ann'), await standing(datasetId)]).toEqual([round, true, state])
        expect(await step('redo', datasetId, 'ann')).toBe(false)
      }
    }), { numRuns: 12 })
  }, 60_000)

  it('are as those of an editor: any walk of acts, undo and redo ends where a plain stack does', async () => {
    const walk = fc.array(fc.oneof(fc.constant('undo' as const), fc.constant('redo' as const), oneAct), { minLength: 4, maxLength: 14 })
    await fc.assert(fc.asyncProperty(walk, async (moves) => {
      const datasetId = await fresh()
      const past: unknown[] = [await standing(datasetId)]
      let future: unknown[] = []
      for (const move of moves) {
        if (typeof move === 'string') {
          const moved = await step(move, datasetId, 'ann')
          expect(moved).toBe(move === 'undo' ? past.length > 1 : future.length > 0)
          if (moved && move === 'undo') future.push(past.pop())
          if (moved && move === 'redo') past.push(future.pop())
        } else {
          await write(datasetId, 'ann', move.changes.map(([r, one]) => [`r${r}`, one]))
          past.push(await standing(datasetId))
          future = []
        }
        expect(await standing(datasetId)).toEqual(past.at(-1))
      }
    }), { numRuns: 12 })
  }, 60_000)

  it('are each annotator\'s own, and refuse to overwrite another\'s label', async () => {
    const datasetId = await fresh()
    const scope = { datasetId, assignment: null }
    await write(datasetId, 'ann', [['r0', act('pods')], ['r1', act('pods')]])
    await write(datasetId, 'bob', [['r0', act('nodes')], ['r2', act('nodes')]])
    const [mine] = (await listStacks(scope, 'ann')).undo
    const undo = { kind: 'undo', batch: mine?.id ?? '' } as const
    expect(await takeBack(scope, undo, 'ann')).toMatchObject({ state: 'conflict', conflicts: [{ auditID: 'r0', now: { actor: 'bob' } }] })
    expect(await takeBack(scope, { ...undo, changed: 'leave' }, 'ann')).toMatchObject({ state: 'written' })
    expect(await standing(datasetId)).toMatchObject({ r0: { 2: 'nodes', 4: 'bob' }, r2: { 2: 'nodes' } })
    expect(Object.keys(await standing(datasetId))).toEqual(['r0', 'r2'])
    // Once Bob has taken his back, Ann's label stands and is hers to undo again.
    expect(await step('undo', datasetId, 'bob')).toBe(true)
    expect(await standing(datasetId)).toEqual({ r0: ['labelled', 'trigger', 'pods', null, 'ann', false, false, 0] })
    expect(await step('redo', datasetId, 'ann')).toBe(true)
    expect(await step('undo', datasetId, 'ann')).toBe(true)
  })

  it('can pass over an act of which others have relabelled everything, to those before it', async () => {
    const datasetId = await fresh()
    const scope = { datasetId, assignment: null }
    await write(datasetId, 'ann', [['r0', act('pods')]])
    await write(datasetId, 'ann', [['r1', act('pods')]])
    await write(datasetId, 'bob', [['r1', act('nodes')]])
    const [top, below] = (await listStacks(scope, 'ann')).undo
    expect(await takeBack(scope, { kind: 'undo', batch: top?.id ?? '', changed: 'leave' }, 'ann')).toMatchObject({ state: 'written' })
    expect(await takeBack(scope, { kind: 'undo', batch: below?.id ?? '' }, 'ann')).toMatchObject({ state: 'written' })
    expect(await standing(datasetId)).toMatchObject({ r1: { 2: 'nodes', 4: 'bob' } })
    expect(Object.keys(await standing(datasetId))).toEqual(['r1'])
  })

  it('keep what others marked since', async () => {
    const datasetId = await fresh()
    await write(datasetId, 'ann', [['r0', act('pods')]])
    await write(datasetId, 'bob', [['r0', { kind: 'flag' }], ['r0', { kind: 'comment', text: 'look' }]])
    await step('undo', datasetId, 'ann')
    expect(await standing(datasetId)).toEqual({ r0: ['unlabelled', null, null, null, null, true, false, 1] })
  })

  it('are refused when another act is on top, and done once when sent twice', async () => {
    const datasetId = await fresh()
    const scope = { datasetId, assignment: null }
    await expect(takeBack(scope, { kind: 'undo', batch: 'x' }, 'ann')).rejects.toMatchObject({ code: 'stale-stack' })
    for (const r of ['r0', 'r1']) await write(datasetId, 'ann', [[r, act('pods')]], { title: `label ${r}` })
    const [top, below] = (await listStacks(scope, 'ann')).undo
    expect([top?.title, below?.title]).toEqual(['label r1', 'label r0'])
    await expect(takeBack(scope, { kind: 'undo', batch: below?.id ?? '' }, 'ann')).rejects.toMatchObject({ code: 'stale-stack', message: expect.stringContaining('label r1') as unknown })
    const twice = { kind: 'undo', batch: top?.id ?? '', id: randomUUID() } as const
    expect(await takeBack(scope, twice, 'ann')).toEqual(await takeBack(scope, twice, 'ann'))
    expect(Object.keys(await standing(datasetId))).toEqual(['r0'])
    expect((await listStacks(scope, 'ann')).redo.map(({ title }) => title)).toEqual(['label r1'])
    await write(datasetId, 'ann', [['r3', act('pods')]])
    expect((await listStacks(scope, 'ann')).redo).toEqual([])
  })
})

describe('two annotators at once', () => {
  it('never overwrite silently: whatever is stored was made in the knowledge of what it replaced', async () => {
    const datasetId = await fresh()
    const scope = { datasetId, assignment: null }
    const seenBy = new Map<string, Map<string, number>>()
    let refused = 0
    const labour = async (actor: string): Promise<void> => {
      for (let round = 0; round < 25; round++) {
        const seen = new Map((await labelsSince(scope, 0)).labels.map(({ auditID, newest }) => [auditID, newest]))
        const batch = batchOf([`r${round % REQUESTS}`, `r${(round + 1) % REQUESTS}`].map((r) => [r, act('pods', `${actor} ${round}`), seen.get(r) ?? 0]))
        const outcome = await writeBatch(datasetId, batch, actor)
        if (outcome.state === 'written') seenBy.set(batch.id, seen)
        else refused++
      }
    }
    await Promise.all(['ann', 'bob', 'cyd'].map(labour))
    expect(seenBy.size + refused).toBe(75)
    expect(refused).toBeGreaterThan(0)
    const rows = await sql<{ id: string; audit_id: string; actor: string; batch_id: string; context: string }>('SELECT id, audit_id, actor, batch_id, context FROM label_events WHERE dataset_id = $1 ORDER BY id', [datasetId])
    expect(rows).toHaveLength(seenBy.size * 2)
    const newest = new Map<string, { id: number; actor: string }>()
    for (const row of rows) {
      const replaced = newest.get(row.audit_id)
      if (replaced !== undefined && replaced.actor !== row.actor) expect(replaced.id).toBeLessThanOrEqual(seenBy.get(row.batch_id)?.get(row.audit_id) ?? 0)
      newest.set(row.audit_id, { id: Number(row.id), actor: row.actor })
    }
  })
})
