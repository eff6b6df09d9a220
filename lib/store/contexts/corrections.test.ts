import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contextId } from '@/lib/contexts/context-id'
import { sql } from '../database'
import { deleteReconstruction, getReconstruction } from '../reconstructions'
import { openTestDatabase, type TestDatabase } from '../testing'
import { listCorrections } from './corrections'
import { exportedRecords, type CorrectedRecord } from './export-records'
import { foundRows } from './found-rows'
import { readLine } from './line'
import { readPicture } from './picture'
import { foundRevision } from './revision'
import { correct, dumpRows, scriptedReconstruction } from './testing'
import { undoCorrection, writeCorrection, type CorrectionOutcome } from './write-correction'

const [WEB, API, READ] = [contextId('d1'), contextId('d2'), contextId('g1')]

let database: TestDatabase
beforeAll(async () => { database = await openTestDatabase() })
afterAll(() => database.close())

function answer(outcome: CorrectionOutcome) {
  if (outcome.state !== 'written') throw new Error(JSON.stringify(outcome))
  return outcome.answer
}

async function exported(id: string): Promise<CorrectedRecord[]> {
  const records: CorrectedRecord[] = []
  for await (const batch of exportedRecords(id)) records.push(...batch)
  return records
}

const undo = (id: string, correction: string, actor = 'ann') => undoCorrection(id, { id: randomUUID(), correction, why: '' }, actor)

describe('a context corrected by hand', () => {
  it('is what lists, pictures, lines and exports show from then on, with who did it; what the linker found stays readable', async () => {
    const { id } = await scriptedReconstruction('moved')
    expect((await foundRows(id)).rows.map((row) => [row.id, row.events, row.lines, row.followed, row.corrected])).toEqual([
      [WEB, 3, 3, '1 × create pods, 1 × create replicasets', null], [API, 2, 2, '1 × create replicasets', null], [READ, 1, 1, '', null],
    ])
    const before = await foundRevision(id)
    const moved = answer(await correct(id, { kind: 'move', requests: ['p1'], to: API }, { actor: 'ann', why: 'it was bob' }))
    expect(moved).toMatchObject({ contexts: [API, WEB].sort(), gone: [], made: null, correction: { act: 'move', by: 'ann', why: 'it was bob', requests: 1, undone: false } })
    expect(await foundRevision(id)).not.toBe(before)
    const { rows } = await foundRows(id)
    expect(rows.map((row) => [row.id, row.events, row.followed, row.corrected?.by])).toEqual([[WEB, 2, '1 × create replicasets', 'ann'], [API, 3, '1 × create pods, 1 × create replicasets', 'ann'], [READ, 1, '', undefined]])
    const { picture, revision } = await readPicture(id, API)
    expect(revision).toBe(moved.revision)
    expect([picture.lines.auditID, picture.lines.corrected, picture.context.corrected?.why, picture.context.previous, picture.context.next]).toEqual([['p1', 'd2', 'r2'], [1, 0, 0], 'it was bob', WEB, READ])
    const line = await readLine(id, 2)
    expect(line).toMatchObject({ context: API, role: 'consequence', confidence: 1, found: { context: WEB, role: 'consequence' }, correction: { by: 'ann', act: 'move' } })
    expect(line.links.length).toBeGreaterThan(0)
    expect(line.label).toEqual(rows[1]?.label)
    expect((await exported(id)).filter(({ corrected }) => corrected).map(({ auditID, context, corrected }) => [auditID, context, corrected?.by, corrected?.found.context])).toEqual([['p1', API, 'ann', WEB]])
    expect(await getReconstruction(id)).toMatchObject({ revision: moved.revision, corrections: 1, contexts: 3 })
  })

  it.each([
    ['move', { kind: 'move', requests: ['r1', 'l1'], to: READ }], ['split', { kind: 'split', requests: ['r1', 'p1'], trigger: 'r1' }], ['merge', { kind: 'merge', contexts: [WEB, API, READ], into: API }],
    ['background', { kind: 'background', requests: ['p1', 'g1'] }], ['confirm', { kind: 'confirm', contexts: [WEB, READ] }],
  ] as const)('is undone to the last value of the last row: %s', async (name, act) => {
    const { id } = await scriptedReconstruction(`undone-${name}`)
    const before = await dumpRows(id)
    const { correction, revision } = answer(await correct(id, act))
    expect(await dumpRows(id)).not.toEqual(before)
    const undone = answer(await undo(id, correction.id, 'bea'))
    expect(await dumpRows(id)).toEqual(before)
    expect(undone.revision).toBeGreaterThan(revision)
    expect((await listCorrections(id)).map((one) => [one.act, one.by, one.undone])).toEqual([['undo', 'bea', false], [name, 'ann', true]])
    await expect(undo(id, correction.id)).rejects.toMatchObject({ code: 'wrong-state' })
  })

  it('may begin with a component, keep its trigger\'s id, and be parted from what it was', async () => {
    const { id } = await scriptedReconstruction('split')
    const made = answer(await correct(id, { kind: 'split', requests: ['r1', 'p1'], trigger: 'r1' })).made
    expect(made).toBe(contextId('r1'))
    const row = (await foundRows(id)).rows.find((one) => one.id === made)
    expect(row).toMatchObject({ user: 'system:serviceaccount:kube-system:deployment-controller', resource: 'replicasets', name: 'web-1', events: 2, label: { resource: 'replicasets', verb: 'create' } })
    expect((await readPicture(id, made ?? '')).picture.context.trigger).toBe('r1')
    const merged = answer(await correct(id, { kind: 'merge', contexts: [API, made ?? ''], into: API }))
    expect(merged).toMatchObject({ gone: [made], contexts: [API] })
    await expect(readPicture(id, made ?? '')).rejects.toMatchObject({ code: 'unknown-context' })
  })

  it('is refused to those who have not seen what another did, and tells them what that was', async () => {
    const { id } = await scriptedReconstruction('stale')
    const first = answer(await correct(id, { kind: 'move', requests: ['p1'], to: API }, { actor: 'ann', seen: 0 }))
    const late = await correct(id, { kind: 'background', requests: ['p1'] }, { actor: 'bea', seen: 0 })
    expect(late).toMatchObject({ state: 'conflict', revision: first.revision, corrections: [{ by: 'ann', act: 'move' }] })
    // Nobody has touched that one.
    expect(await correct(id, { kind: 'confirm', contexts: [READ] }, { actor: 'bea', seen: 0 })).toMatchObject({ state: 'written' })
    expect(await correct(id, { kind: 'background', requests: ['p1'] }, { actor: 'bea', seen: first.revision })).toMatchObject({ state: 'written' })
    expect(await undo(id, first.correction.id)).toMatchObject({ state: 'conflict', corrections: [{ act: 'background', by: 'bea' }] })
  })

  it('takes one of many acts that come at once on the same requests', async () => {
    const { id } = await scriptedReconstruction('race')
    const outcomes = await Promise.all([API, READ, API, READ].map((to, index) => correct(id, { kind: 'move', requests: ['p1'], to }, { actor: `a${index}`, seen: 0 })))
    expect(outcomes.map(({ state }) => state).sort()).toEqual(['conflict', 'conflict', 'conflict', 'written'])
  })

  it('is not carried out twice, refuses what makes no sense, and is never rewritten', async () => {
    const { id } = await scriptedReconstruction('once')
    const request = { id: randomUUID(), act: { kind: 'background', requests: ['p1'] }, why: '', seen: 0 } as const
    const [one, again] = [answer(await writeCorrection(id, request, 'ann')), answer(await writeCorrection(id, request, 'ann'))]
    expect(again).toEqual(one)
    await expect(correct(id, { kind: 'background', requests: ['d1'] })).rejects.toMatchObject({ code: 'bad-correction' })
    await expect(correct(id, { kind: 'move', requests: ['nobody'], to: API })).rejects.toMatchObject({ code: 'unknown-request' })
    await expect(sql(`UPDATE context_corrections SET actor = 'eve'`)).rejects.toThrow('never changed')
    await expect(sql('DELETE FROM context_corrections')).rejects.toThrow('never changed')
    await deleteReconstruction(id)
    expect(await sql('SELECT FROM context_corrections WHERE reconstruction_id = $1', [id])).toEqual([])
  })
})
